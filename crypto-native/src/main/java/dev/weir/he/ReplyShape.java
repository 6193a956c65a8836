package dev.weir.he;

/**
 * What is kept of each ciphertext of a reply: all of c1 and some coefficients of c0, rounded to
 * multiples of q / 2^bits.
 *
 * @param bits 16 to 60
 * @param first the first coefficient of c0 that is kept
 * @param count how many, at least one
 */
public record ReplyShape(int bits, int first, int count) {
  private static final int MIN_BITS = 16;
  private static final int MAX_BITS = 60;

  public ReplyShape {
    if (bits < MIN_BITS || bits > MAX_BITS || first < 0 || count < 1) {
      throw new IllegalArgumentException("no such reply shape");
    }
  }

  /** Bytes of one packed ciphertext. */
  public int bytes(HeParameters parameters) {
    if (first + count > parameters.degree()) {
      throw new IllegalArgumentException("no such reply shape");
    }
    return Math.toIntExact(((parameters.degree() + (long) count) * bits + 7) / 8);
  }
}
