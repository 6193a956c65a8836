package dev.weir.aggregation.task;

import dev.weir.privacy.vdaf.FixedPointEncoding;

/**
 * How contributors turn real vectors of their records into the integers of a vector task. The norm
 * is the contributor's word: a proof bounds single elements only. Immutable.
 *
 * @param clipUnits Euclidean norm to which each record's vector is clipped, times 2^fractionBits
 * @param fractionBits of the fixed point
 * @param recordsPerReport most records that one report adds up
 * @param rounds most collections of the task; ε is stated over all of them
 */
public record VectorTerms(long clipUnits, int fractionBits, int recordsPerReport, int rounds) {
  private static final int MOST_ROUNDS = 10_000;

  /**
   * @throws dev.weir.kernel.ProblemException of type {@code VALIDATION_FAILED}
   */
  public VectorTerms {
    TaskTerms.require(rounds >= 1 && rounds <= MOST_ROUNDS, "1 to 10000 rounds");
    encoding(1, clipUnits, fractionBits, recordsPerReport);
  }

  /**
   * @param length elements of the task's vectors
   */
  public FixedPointEncoding encoding(int length) {
    return encoding(length, clipUnits, fractionBits, recordsPerReport);
  }

  private static FixedPointEncoding encoding(int length, long units, int bits, int records) {
    try {
      return new FixedPointEncoding(length, units, bits, records);
    } catch (IllegalArgumentException e) {
      TaskTerms.require(false, "a sound encoding of vectors: " + e.getMessage());
      throw new IllegalStateException("a rule that does not hold is refused", e);
    }
  }
}
