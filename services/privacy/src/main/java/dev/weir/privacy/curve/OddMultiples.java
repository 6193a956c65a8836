package dev.weir.privacy.curve;

import java.math.BigInteger;

/**
 * Odd multiples of a point P and of 2⁶⁴P, 2¹²⁸P and 2¹⁹²P, so that a scalar's four quarters are
 * worked through at the same time and a product takes 64 doublings instead of 256. Immutable.
 */
final class OddMultiples {
  static final int STEPS = 64;

  private static final int QUARTERS = 4;

  private final int width;
  private final AffinePoint[][] table;

  /**
   * @param width of the signed windows, 2 to 8; 2^width points are kept
   */
  OddMultiples(EdwardsPoint point, int width) {
    this.width = width;
    this.table = new AffinePoint[QUARTERS][1 << (width - 2)];
    var base = point.copy();
    for (AffinePoint[] row : table) {
      fill(row, base);
      for (int i = 0; i < STEPS; i++) {
        base.twice();
      }
    }
  }

  private static void fill(AffinePoint[] row, EdwardsPoint base) {
    var doubled = base.copy();
    doubled.twice();
    var step = new AffinePoint(doubled);
    var multiple = base.copy();
    for (int i = 0; i < row.length; i++) {
      row[i] = new AffinePoint(multiple);
      multiple.plus(step);
    }
  }

  /**
   * The scalar as a sum of digits · 2^position, each digit 0 or odd and between −2^(width − 1) and
   * 2^(width − 1), seldom other than 0.
   *
   * @param scalar from 0, below 2²⁵³
   */
  byte[] digits(BigInteger scalar) {
    var words = new long[QUARTERS + 1];
    for (int i = 0; i < QUARTERS; i++) {
      words[i] = scalar.shiftRight(Long.SIZE * i).longValue();
    }
    var digits = new byte[QUARTERS * STEPS];
    int carry = 0;
    int at = 0;
    while (at < digits.length) {
      int window = window(words, at) + carry;
      if ((window & 1) == 0) {
        at++;
        continue;
      }
      carry = window >>> (width - 1);
      digits[at] = (byte) (window - (carry << width));
      at += width;
    }
    return digits;
  }

  private int window(long[] words, int at) {
    int word = at >>> 6;
    int shift = at & 63;
    long bits = words[word] >>> shift;
    if (shift > Long.SIZE - width) {
      bits |= words[word + 1] << (Long.SIZE - shift);
    }
    return (int) bits & ((1 << width) - 1);
  }

  /** Adds what the digits at this step stand for, in all four quarters. */
  void add(EdwardsPoint sum, byte[] digits, int step) {
    for (int quarter = 0; quarter < QUARTERS; quarter++) {
      int digit = digits[quarter * STEPS + step];
      if (digit > 0) {
        sum.plus(table[quarter][digit >> 1]);
      } else if (digit < 0) {
        sum.minus(table[quarter][-digit >> 1]);
      }
    }
  }
}
