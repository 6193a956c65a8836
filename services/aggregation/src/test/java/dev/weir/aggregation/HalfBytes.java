package dev.weir.aggregation;

import dev.weir.dap.wire.Bytes;
import java.util.HashSet;

/** Whether bytes that belong to a zero fall as those that belong to a one do. */
final class HalfBytes {
  private static final int CELLS = 16;

  /** Standard deviations of χ² summed over all half bytes; beyond it once in 10^8 parts. */
  static final double CRITICAL = 7;

  private HalfBytes() {}

  /**
   * Every half byte falls alike for both, and no value comes twice.
   *
   * @param zeros of one length each, as many as {@code ones}
   */
  static boolean areIndependent(byte[][] zeros, byte[][] ones) {
    return deviation(zeros, ones) < CRITICAL && areDistinct(zeros, ones);
  }

  static boolean areDistinct(byte[][] zeros, byte[][] ones) {
    var seen = new HashSet<Bytes>();
    for (byte[] value : zeros) {
      seen.add(Bytes.copyOf(value));
    }
    for (byte[] value : ones) {
      seen.add(Bytes.copyOf(value));
    }
    return seen.size() == zeros.length + ones.length;
  }

  /**
   * How far χ² of the tables measurement × half byte, added up over all half bytes, is from what
   * independence gives. Too even is as far as too uneven.
   */
  static double deviation(byte[][] zeros, byte[][] ones) {
    double sum = 0;
    double degrees = 0;
    for (int half = 0; half < 2 * zeros[0].length; half++) {
      var ofZeros = counts(zeros, half);
      var ofOnes = counts(ones, half);
      int cells = 0;
      for (int cell = 0; cell < CELLS; cell++) {
        double both = ofZeros[cell] + ofOnes[cell];
        double difference = ofZeros[cell] - ofOnes[cell];
        sum += both == 0 ? 0 : difference * difference / both;
        cells += both == 0 ? 0 : 1;
      }
      degrees += cells - 1; // of what never changes, none
    }
    return degrees == 0 ? 0 : Math.abs(sum - degrees) / Math.sqrt(2 * degrees);
  }

  private static int[] counts(byte[][] values, int half) {
    var counts = new int[CELLS];
    for (byte[] value : values) {
      counts[value[half / 2] >> half % 2 * 4 & CELLS - 1]++;
    }
    return counts;
  }
}
