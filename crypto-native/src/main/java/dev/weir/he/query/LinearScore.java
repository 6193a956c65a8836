package dev.weir.he.query;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A linear score whose weights nobody learns: real weights by measure and key as whole numbers of
 * one scale, one hidden sum for each measure, zero weights included, so that the number of
 * questions tells nothing. The statistics must be what was released anyway, because a weight can
 * read one of them. Immutable.
 */
public final class LinearScore {
  private static final int MAX_FRACTION_BITS = 40;

  private final int fractionBits;
  private final long[][] weights; // [measures][keys]

  private LinearScore(int fractionBits, long[][] weights) {
    this.fractionBits = fractionBits;
    this.weights = weights;
  }

  /**
   * The finest scale at which the weights of each measure, by size, stay within {@link
   * CellLayout#MAX_TOTAL_WEIGHT}.
   *
   * @param weights {@code [measures][keys]}, finite
   * @throws IllegalArgumentException when whole numbers are too coarse a scale, or too large
   */
  public static LinearScore of(CellLayout layout, double[][] weights) {
    boolean fits =
        weights.length == layout.measures()
            && Arrays.stream(weights).allMatch(row -> row.length == layout.keys())
            && Arrays.stream(weights).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
    if (!fits) {
      throw new IllegalArgumentException("one finite weight for each measure and key");
    }
    for (int bits = MAX_FRACTION_BITS; bits >= 0; bits--) {
      double scale = Math.scalb(1.0, bits);
      if (Arrays.stream(weights).allMatch(row -> within(row, scale))) {
        return new LinearScore(
            bits,
            Arrays.stream(weights)
                .map(row -> Arrays.stream(row).mapToLong(w -> Math.round(w * scale)).toArray())
                .toArray(long[][]::new));
      }
    }
    throw new IllegalArgumentException("the weights add up to more than 2^20");
  }

  /** Bits after the binary point that weights keep. */
  public int fractionBits() {
    return fractionBits;
  }

  /** For the question about a measure. */
  public long weight(int measure, int key) {
    return weights[measure][key];
  }

  /**
   * The score.
   *
   * @param sums by measure: what its question brought, of which only its own measure counts
   */
  public BigDecimal score(List<List<BigInteger>> sums) {
    if (sums.size() != weights.length) {
      throw new IllegalArgumentException("one reply for each measure");
    }
    return score(fractionBits, sums);
  }

  /**
   * The score, by one who kept no more of its weights than their scale.
   *
   * @param fractionBits of the weights that the sums were asked with, 0 to 40
   * @param sums as of {@link #score(List)}, for each measure
   */
  public static BigDecimal score(int fractionBits, List<List<BigInteger>> sums) {
    if (fractionBits < 0 || fractionBits > MAX_FRACTION_BITS) {
      throw new IllegalArgumentException("0 to " + MAX_FRACTION_BITS + " fraction bits");
    }
    var total =
        IntStream.range(0, sums.size())
            .mapToObj(measure -> sums.get(measure).get(measure))
            .reduce(BigInteger.ZERO, BigInteger::add);
    return new BigDecimal(total).divide(new BigDecimal(BigInteger.ONE.shiftLeft(fractionBits)));
  }

  private static boolean within(double[] row, double scale) {
    return Arrays.stream(row).map(w -> Math.abs(Math.round(w * scale))).sum()
        <= CellLayout.MAX_TOTAL_WEIGHT;
  }

  /** Shapes only. */
  @Override
  public String toString() {
    return "LinearScore[" + weights.length + " measures]";
  }
}
