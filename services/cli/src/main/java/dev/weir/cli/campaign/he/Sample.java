package dev.weir.cli.campaign.he;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * One good example of something foreign that is taken, and what becomes of it.
 *
 * @param document in it, where there is one
 * @param absent what becomes of a message that is not there at all, where there is such a thing
 */
@SuppressWarnings("ArrayRecordComponent") // copied by who changes it, never compared
record Sample(
    String kind, byte[] good, Optional<Document> document, List<BooleanSupplier> absent, Use use) {
  /** What somebody sends who means no harm, and stops whoever did not think of it. */
  private static final List<String> NOTHING =
      List.of("", "null", "[]", "{}", "\"\"", "0", "true", "[null]", "nul");

  /** Parses the bytes and works with what they hold. */
  @FunctionalInterface
  interface Use {
    /** False for the refusal that is documented; anything else than that is thrown, and a fault. */
    boolean works(byte[] bytes);
  }

  /**
   * @param json as it stands in the example
   * @param around the example with another document in its place
   */
  @SuppressWarnings("ArrayRecordComponent") // copied by who changes it, never compared
  record Document(byte[] json, UnaryOperator<byte[]> around) {

    /** After its length in four bytes at {@code at}. */
    static Document after(int at, byte[] message) {
      int from = at + Integer.BYTES;
      int to = from + ByteBuffer.wrap(message).getInt(at);
      byte[] rest = Arrays.copyOfRange(message, to, message.length);
      return new Document(
          Arrays.copyOfRange(message, from, to),
          json ->
              ByteBuffer.allocate(from + json.length + rest.length)
                  .put(message, 0, at)
                  .putInt(json.length)
                  .put(json)
                  .put(rest)
                  .array());
    }

    /** The whole example. */
    static Document whole(byte[] message) {
      return new Document(message, json -> json);
    }
  }

  static Sample of(String kind, byte[] good, Use use) {
    return new Sample(kind, good, Optional.empty(), List.of(), use);
  }

  static Sample of(String kind, byte[] good, Document document, Use use) {
    return new Sample(kind, good, Optional.of(document), List.of(), use);
  }

  /**
   * @param works whether a missing message is taken
   */
  Sample orAbsent(BooleanSupplier works) {
    return new Sample(kind, good, document, List.of(works), use);
  }

  /**
   * Each is to be refused: nothing at all, in several forms, as the message and as its document.
   */
  List<BooleanSupplier> oddities() {
    var odd = new ArrayList<>(absent);
    for (String nothing : NOTHING) {
      byte[] bytes = nothing.getBytes(StandardCharsets.US_ASCII);
      odd.add(() -> use.works(bytes));
      document.ifPresent(there -> odd.add(() -> use.works(there.around().apply(bytes))));
    }
    return odd;
  }
}
