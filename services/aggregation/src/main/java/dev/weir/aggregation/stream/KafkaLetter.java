package dev.weir.aggregation.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a message that nobody can read: its beginning, for it may be as long as a topic
 * takes, and a letter about it would be longer. The message itself stays where it came.
 */
final class KafkaLetter {
  static final int MOST_BYTES = 64 << 10;

  private KafkaLetter() {}

  /**
   * @param headers of the letter, which tell the length of what was longer
   * @param length the header's name
   */
  static byte @Nullable [] beginning(byte @Nullable [] bytes, Headers headers, String length) {
    if (bytes == null || bytes.length <= MOST_BYTES) {
      return bytes;
    }
    headers.add(length, Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
    return Arrays.copyOf(bytes, MOST_BYTES);
  }
}
