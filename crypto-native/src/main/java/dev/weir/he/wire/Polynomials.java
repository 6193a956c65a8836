package dev.weir.he.wire;

import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.ParmsId;
import dev.weir.he.Words;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A ciphertext in SEAL's form, of two polynomials or of one and a seed, and the bounds of its
 * coefficients. Public and switching keys are ciphertexts too, over all primes and in NTT form.
 */
final class Polynomials {
  /** SEAL's number for Blake2xb, the only generator that is expanded here. */
  static final int BLAKE2XB = 1;

  static final int SEED_BYTES = HeContext.SEED_WORDS * Long.BYTES;
  static final int GENERATOR_BYTES = WireInput.HEADER_BYTES + 1 + SEED_BYTES;
  static final int ARRAY_BYTES = WireInput.HEADER_BYTES + Long.BYTES; // before its words
  static final int FIXED_BYTES = ParmsId.BYTES + 1 + 5 * Long.BYTES;
  static final int SIZE = 2;

  private Polynomials() {}

  /** Bytes after the header of an unseeded ciphertext, which is the longest form. */
  static int maxBytes(HeParameters parameters, int primes) {
    return FIXED_BYTES + ARRAY_BYTES + SIZE * primes * parameters.degree() * Long.BYTES;
  }

  static int seededBytes(HeParameters parameters, int primes) {
    return maxBytes(parameters, primes)
        - primes * parameters.degree() * Long.BYTES
        + GENERATOR_BYTES;
  }

  /**
   * What follows the parameter id.
   *
   * @return c0 and either c1 or the seed of it
   */
  static Words read(
      WireInput in, int minor, HeParameters parameters, List<Long> primes, boolean ntt) {
    WireException.require(in.octet() == (ntt ? 1 : 0));
    in.expect(SIZE);
    in.expect(parameters.degree());
    in.expect(primes.size());
    in.expectScaleOne();
    in.expect(1); // correction factor, which BFV does not use
    long each = (long) primes.size() * parameters.degree();
    var header = in.header();
    WireException.require(header.minor() == minor && header.compression() == Compression.NONE);
    long count = in.word();
    WireException.require(count == each || count == SIZE * each);
    WireException.require(header.size() == ARRAY_BYTES + count * Long.BYTES);
    var limbs = in.words(count);
    checkBounds(limbs, primes, parameters.degree());
    if (count == SIZE * each) {
      return Words.allocate(count).put(0, limbs);
    }
    return Words.allocate(each + HeContext.SEED_WORDS)
        .put(0, limbs)
        .put((int) each, seed(in, minor));
  }

  /** Every coefficient below its prime, for any number of whole polynomials. */
  static void checkBounds(LongBuffer limbs, List<Long> primes, int degree) {
    var some = new long[degree]; // an array, so that the loop below is one of vectors
    int position = 0;
    while (position < limbs.limit()) {
      for (long prime : primes) {
        limbs.get(position, some);
        position += degree;
        long outside = 0; // negative as soon as one limb is, or is not below the prime
        for (long limb : some) {
          outside |= limb | (prime - 1 - limb);
        }
        WireException.require(outside >= 0);
      }
    }
    Arrays.fill(some, 0); // limbs may be of a secret key
  }

  private static LongBuffer seed(WireInput in, int minor) {
    in.nested(minor, GENERATOR_BYTES);
    WireException.require(in.octet() == BLAKE2XB);
    return in.words(HeContext.SEED_WORDS);
  }
}
