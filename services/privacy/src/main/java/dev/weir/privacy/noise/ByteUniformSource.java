package dev.weir.privacy.noise;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.function.Consumer;

/** Uniform integers from a stream of uniform bytes. Confined to one thread. */
final class ByteUniformSource implements UniformSource {
  private static final int WORD_BITS = 32;
  private static final int WORD_BYTES = 4;
  private static final int BUFFER_BYTES = 1024;

  private final Consumer<byte[]> stream;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int used = BUFFER_BYTES;

  /**
   * @param stream fills the array it is given with the next bytes
   */
  ByteUniformSource(Consumer<byte[]> stream) {
    this.stream = stream;
  }

  static UniformSource of(SecureRandom random) {
    return new ByteUniformSource(random::nextBytes);
  }

  @Override
  public long below(long bound) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(bound);
    while (true) {
      long candidate = bits(bits);
      if (candidate < bound) {
        return candidate;
      }
    }
  }

  @Override
  public BigInteger below(BigInteger bound) {
    int bits = bound.bitLength();
    if (bits < Long.SIZE) {
      return BigInteger.valueOf(below(bound.longValueExact()));
    }
    while (true) {
      var candidate = bigBits(bits);
      if (candidate.compareTo(bound) < 0) {
        return candidate;
      }
    }
  }

  private long bits(int bits) {
    if (bits <= WORD_BITS) {
      return word() >>> (WORD_BITS - bits);
    }
    long low = word();
    return low | (word() >>> (2 * WORD_BITS - bits)) << WORD_BITS;
  }

  private BigInteger bigBits(int bits) {
    int words = (bits + WORD_BITS - 1) / WORD_BITS;
    var value = BigInteger.ZERO;
    for (int i = 0; i < words; i++) {
      long word = word();
      if (i == words - 1) {
        word >>>= words * WORD_BITS - bits;
      }
      value = value.or(BigInteger.valueOf(word).shiftLeft(i * WORD_BITS));
    }
    return value;
  }

  private long word() {
    if (used == BUFFER_BYTES) {
      stream.accept(buffer);
      used = 0;
    }
    long word = 0;
    for (int i = 0; i < WORD_BYTES; i++) {
      word |= (buffer[used] & 0xFFL) << (8 * i);
      buffer[used++] = 0; // used randomness must not be found again in a heap dump
    }
    return word;
  }
}
