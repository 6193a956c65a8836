package dev.weir.cli.campaign.he;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Ways of breaking bytes, most of them near the beginning, where the structure is. */
final class Mutation {
  private static final int STRUCTURE_BYTES = 256;
  private static final List<Long> EDGES =
      List.of(
          0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, 4_294_828_033L, 4_294_828_032L, 1L << 32);

  private Mutation() {}

  /** One to four changes; the result may have another length. */
  static byte[] of(byte[] good, RandomGenerator random) {
    var bytes = good.clone();
    for (int change = random.nextInt(4); change >= 0; change--) {
      bytes = changed(bytes, random);
    }
    return bytes;
  }

  private static byte[] changed(byte[] bytes, RandomGenerator random) {
    if (bytes.length < Long.BYTES) {
      return Arrays.copyOf(bytes, bytes.length + 1);
    }
    int at = position(bytes.length, random);
    switch (random.nextInt(7)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      case 1 -> bytes[at] = (byte) random.nextInt();
      case 2 -> word(bytes, at, EDGES.get(random.nextInt(EDGES.size())));
      case 3 -> word(bytes, at, random.nextLong());
      case 4 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + random.nextInt(64)), (byte) -1);
      case 5 -> {
        return Arrays.copyOf(bytes, at);
      }
      default -> {
        return Arrays.copyOf(bytes, bytes.length + random.nextInt(1, 64));
      }
    }
    return bytes;
  }

  private static int position(int length, RandomGenerator random) {
    return random.nextInt(3) == 0
        ? random.nextInt(length)
        : random.nextInt(Math.min(length, STRUCTURE_BYTES));
  }

  private static void word(byte[] bytes, int at, long value) {
    int from = Math.min(at, bytes.length - Long.BYTES);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(from, value);
  }
}
