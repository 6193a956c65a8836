package dev.weir.query.sum;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message on a topic of sums: four bytes of magic, the length of a JSON document, the document,
 * and a ciphertext as the rest. Foreign bytes: the lengths are checked before anything is read.
 *
 * @param rest what follows the document, unread
 */
record SumFrame<T>(T document, ByteBuffer rest) {
  private static final int PREFIX_BYTES = 2 * Integer.BYTES;

  /** Kafka's own limit of a message is 1 MiB. */
  static final int MAX_BYTES = 1 << 20;

  static ObjectReader reader(Class<?> type) {
    return Json.mapper().readerFor(type);
  }

  static byte[] write(int magic, Object document, ByteBuffer rest) {
    try {
      byte[] json = Json.mapper().writeValueAsBytes(document);
      int size = PREFIX_BYTES + json.length + rest.remaining();
      if (size > MAX_BYTES) {
        throw new IllegalArgumentException("the message is longer than a topic takes");
      }
      return ByteBuffer.allocate(size)
          .putInt(magic)
          .putInt(json.length)
          .put(json)
          .put(rest.slice())
          .array();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException("records of text can be written", e);
    }
  }

  /** Empty for anything but exactly one such message. */
  static <T> Optional<SumFrame<T>> read(int magic, ObjectReader reader, byte @Nullable [] message) {
    if (message == null || message.length < PREFIX_BYTES || message.length > MAX_BYTES) {
      return Optional.empty();
    }
    var bytes = ByteBuffer.wrap(message);
    int found = bytes.getInt();
    int length = bytes.getInt();
    if (found != magic || length < 0 || length > bytes.remaining()) {
      return Optional.empty();
    }
    try {
      T document = Json.required(reader.readValue(message, PREFIX_BYTES, length), SumFrame.class);
      bytes.position(PREFIX_BYTES + length);
      return Optional.of(new SumFrame<>(document, bytes.slice()));
    } catch (IOException e) {
      return Optional.empty(); // Jackson's, or of what it decodes with: memory does not fail
    }
  }
}
