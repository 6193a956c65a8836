package dev.weir.he.query;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How entries under keywords become records that can be looked up by index: each lies in one of two
 * records that a public hash names, with others that fell there. A keyword costs two lookups, which
 * share a pass, and one evaluation, found or not. Both sides compute it from public numbers.
 *
 * @param entries at least one
 * @param valueBytes longest value
 * @param seed of the hash, public; 0 to 255, the first under which all entries found a place
 */
public record KeywordShape(int entries, int valueBytes, int seed) implements EntryShape {
  /** Records a keyword may lie in. */
  public static final int CHOICES = 2;

  /** Of all places, by places in a record: well below where two choices stop to suffice. */
  private static final double LOAD_OF_ONE = 0.42;

  private static final double LOAD_OF_TWO = 0.82;
  private static final double LOAD_OF_MORE = 0.92;

  public KeywordShape {
    if (!EntryShape.possible(entries, valueBytes) || seed < 0 || seed > 0xff) {
      throw new IllegalArgumentException("1 entry at least, values of 1 to 1006 bytes");
    }
  }

  @Override
  public int records() {
    double load =
        switch (places()) {
          case 1 -> LOAD_OF_ONE;
          case 2 -> LOAD_OF_TWO;
          default -> LOAD_OF_MORE;
        };
    return Math.max(CHOICES, (int) Math.ceil(entries / load / places()));
  }

  @Override
  public int queries() {
    return CHOICES;
  }

  /** The two records in which a keyword may lie, never the same one twice. */
  public List<Integer> choices(String keyword) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update((byte) seed);
      var hash = ByteBuffer.wrap(digest.digest(keyword.getBytes(StandardCharsets.UTF_8)));
      int first = (int) Math.floorMod(hash.getLong(), (long) records());
      int step = 1 + (int) Math.floorMod(hash.getLong(), (long) records() - 1);
      return IntStream.of(first, (first + step) % records()).boxed().toList();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
