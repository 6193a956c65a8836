package dev.weir.privacy.vdaf;

import java.math.BigInteger;

/**
 * How far one report can move an aggregate. Squares are kept, for the Euclidean sensitivity of a
 * histogram is no rational number.
 *
 * @param squaredL2 Δ₂², the largest squared Euclidean distance
 * @param l1 Δ₁, the largest sum of absolute differences
 */
public record Sensitivity(BigInteger squaredL2, BigInteger l1) {

  /**
   * Of what an instance lets through, whatever the clients send; without robustness, of what honest
   * clients send.
   */
  public static Sensitivity of(VdafInstance instance, Adjacency adjacency) {
    boolean replaced = adjacency == Adjacency.REPLACE_ONE;
    return switch (instance) {
      case Prio3Instance.Count() -> scalar(1);
      case Prio3Instance.Sum(var max) -> scalar(max);
      case Prio3Instance.SumVec(var length, var max, var chunk) -> vector(length, max);
      case Prio3Instance.SumVecMultiproof multi -> vector(multi.length(), multi.maxMeasurement());
      case UnverifiedVector(var length, var max) -> vector(length, max);
      case Prio3Instance.Histogram(var length, var chunk) -> ones(replaced ? 2 : 1);
      case Prio3Instance.MultihotCountVec(var length, var weight, var chunk) ->
          ones(replaced ? Math.min(2L * weight, length) : weight);
    };
  }

  /**
   * Of vectors that each client has clipped to a Euclidean norm before encoding, as far as clients
   * are honest: the proof bounds single elements only. Two clipped vectors are at most twice the
   * norm apart.
   *
   * @param norm in units of the encoding, after rounding, at least 1
   */
  public static Sensitivity clipped(int length, long norm, Adjacency adjacency) {
    Limits.atLeastOne("length", length);
    Limits.atLeastOne("norm", norm);
    var reach = BigInteger.valueOf(norm).shiftLeft(adjacency == Adjacency.REPLACE_ONE ? 1 : 0);
    var squared = reach.pow(2);
    // ‖x‖₁ ≤ √length · ‖x‖₂, rounded up
    var root = BigInteger.valueOf(length).multiply(squared).sqrt();
    return new Sensitivity(squared, root.add(BigInteger.ONE));
  }

  private static Sensitivity scalar(long max) {
    var reach = BigInteger.valueOf(max);
    return new Sensitivity(reach.pow(2), reach);
  }

  private static Sensitivity vector(int length, long max) {
    var one = scalar(max);
    var elements = BigInteger.valueOf(length);
    return new Sensitivity(one.squaredL2.multiply(elements), one.l1.multiply(elements));
  }

  /** So many elements differ by 1. */
  private static Sensitivity ones(long differing) {
    return new Sensitivity(BigInteger.valueOf(differing), BigInteger.valueOf(differing));
  }
}
