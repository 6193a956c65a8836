package dev.weir.he.wire;

import dev.weir.he.Words;
import java.nio.ByteBuffer;

/**
 * Words in the bits that they need, least significant first; a multiple of eight words at a time.
 */
final class Bits {
  private Bits() {}

  static int bytes(int count, int bits) {
    return Math.multiplyExact(count, bits) / Byte.SIZE;
  }

  static void pack(Words words, int from, int count, int bits, ByteBuffer out) {
    long held = 0;
    int heldBits = 0;
    for (int i = from; i < from + count; i++) {
      long word = words.get(i);
      held |= word << heldBits;
      int total = heldBits + bits;
      if (total >= Long.SIZE) {
        out.putLong(held);
        total -= Long.SIZE;
        held = total == 0 ? 0 : word >>> (bits - total);
      }
      heldBits = total;
    }
    for (; heldBits > 0; heldBits -= Byte.SIZE, held >>>= Byte.SIZE) {
      out.put((byte) held);
    }
  }

  static void unpack(ByteBuffer in, Words words, int from, int count, int bits) {
    long mask = (1L << bits) - 1;
    int start = in.position();
    int end = start + bytes(count, bits);
    for (int i = 0; i < count; i++) {
      long bit = (long) i * bits;
      int at = start + (int) (bit / Byte.SIZE);
      words.set(from + i, taken(in, at, end) >>> (bit % Byte.SIZE) & mask);
    }
    in.position(end);
  }

  /** Eight bytes from {@code at}, zeros beyond the end; primes have at most 50 bits. */
  private static long taken(ByteBuffer in, int at, int end) {
    if (at + Long.BYTES <= end) {
      return in.getLong(at);
    }
    long value = 0;
    for (int i = end - 1; i >= at; i--) {
      value = value << Byte.SIZE | Byte.toUnsignedLong(in.get(i));
    }
    return value;
  }
}
