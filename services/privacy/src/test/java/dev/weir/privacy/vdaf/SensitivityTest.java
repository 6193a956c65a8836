package dev.weir.privacy.vdaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sensitivities against every pair of measurements that small instances allow. */
class SensitivityTest {

  static List<Prio3Instance> instances() {
    return List.of(
        new Prio3Instance.Count(),
        new Prio3Instance.Sum(5),
        new Prio3Instance.SumVec(3, 2, 2),
        new Prio3Instance.SumVecMultiproof(2, 3, 2, 3, -1),
        new Prio3Instance.Histogram(4, 2),
        new Prio3Instance.MultihotCountVec(5, 2, 2),
        new Prio3Instance.MultihotCountVec(4, 3, 2));
  }

  @ParameterizedTest
  @MethodSource("instances")
  void sensitivity_isTheLargestDistanceOfAnyTwoMeasurements(Prio3Instance instance) {
    var outputs = outputs(instance);
    var zero = new long[outputs.getFirst().length];
    assertThat(Sensitivity.of(instance, Adjacency.REPLACE_ONE))
        .isEqualTo(largest(outputs, outputs));
    assertThat(Sensitivity.of(instance, Adjacency.ADD_OR_REMOVE_ONE))
        .isEqualTo(largest(outputs, List.of(zero)));
  }

  @ParameterizedTest
  @MethodSource("instances")
  void mostReports_isHalfTheFieldOverTheLargestOutput(Prio3Instance instance) {
    long largest =
        outputs(instance).stream().flatMapToLong(java.util.Arrays::stream).max().orElseThrow();
    var circuit = Circuits.of(instance);
    assertThat(circuit.largestOutput()).isEqualTo(BigInteger.valueOf(largest));
    var vdaf = Prio3.of(instance, new byte[0]);
    var most = BigInteger.valueOf(vdaf.mostReports(BigInteger.ZERO));
    var half = circuit.field().modulus().shiftRight(1);
    assertThat(vdaf.mostReports(half.subtract(BigInteger.valueOf(3 * largest)))).isEqualTo(3);
    assertThat(vdaf.mostReports(half)).isZero();
    assertThat(vdaf.mostReports(half.shiftLeft(1))).isZero();
    assertThat(most.multiply(BigInteger.valueOf(largest)))
        .isLessThan(circuit.field().modulus().shiftRight(1).add(BigInteger.ONE));
  }

  @org.junit.jupiter.api.Test
  void clippedVectors_areAtMostTwiceTheNormApart() {
    var replaced = Sensitivity.clipped(4, 10, Adjacency.REPLACE_ONE);
    assertThat(replaced.squaredL2()).isEqualTo(BigInteger.valueOf(400));
    assertThat(replaced.l1()).isBetween(BigInteger.valueOf(40), BigInteger.valueOf(41));
    assertThat(Sensitivity.clipped(4, 10, Adjacency.ADD_OR_REMOVE_ONE).squaredL2())
        .isEqualTo(BigInteger.valueOf(100));
  }

  private static Sensitivity largest(List<long[]> left, List<long[]> right) {
    long squared = 0;
    long absolute = 0;
    for (long[] a : left) {
      for (long[] b : right) {
        long l2 = 0;
        long l1 = 0;
        for (int i = 0; i < a.length; i++) {
          l2 += (a[i] - b[i]) * (a[i] - b[i]);
          l1 += Math.abs(a[i] - b[i]);
        }
        squared = Math.max(squared, l2);
        absolute = Math.max(absolute, l1);
      }
    }
    return new Sensitivity(BigInteger.valueOf(squared), BigInteger.valueOf(absolute));
  }

  /** What each valid measurement adds to an aggregate. */
  private static List<long[]> outputs(Prio3Instance instance) {
    return switch (instance) {
      case Prio3Instance.Count() -> vectors(1, 1, 1);
      case Prio3Instance.Sum(var max) -> vectors(1, max, max);
      case Prio3Instance.SumVec(var length, var max, var chunk) ->
          vectors(length, max, length * max);
      case Prio3Instance.SumVecMultiproof multi ->
          vectors(multi.length(), multi.maxMeasurement(), multi.length() * multi.maxMeasurement());
      case Prio3Instance.Histogram(var length, var chunk) ->
          vectors(length, 1, 1).stream()
              .filter(v -> java.util.Arrays.stream(v).sum() == 1)
              .toList();
      case Prio3Instance.MultihotCountVec(var length, var weight, var chunk) ->
          vectors(length, 1, weight);
    };
  }

  private static List<long[]> vectors(int length, long max, long mostTotal) {
    var vectors = new ArrayList<long[]>();
    vectors.add(new long[length]);
    for (int at = 0; at < length; at++) {
      var longer = new ArrayList<long[]>();
      for (long[] vector : vectors) {
        for (long value = 0; value <= max; value++) {
          var copy = vector.clone();
          copy[at] = value;
          longer.add(copy);
        }
      }
      vectors.clear();
      vectors.addAll(longer);
    }
    return vectors.stream()
        .filter(vector -> java.util.Arrays.stream(vector).sum() <= mostTotal)
        .toList();
  }
}
