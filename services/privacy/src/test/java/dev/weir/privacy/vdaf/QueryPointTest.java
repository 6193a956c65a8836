package dev.weir.privacy.vdaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A query at one of the nodes would answer with a wire's own value. */
class QueryPointTest {
  static Stream<Prio3Instance> instances() {
    return Stream.of(
        new Prio3Instance.Count(),
        new Prio3Instance.Sum(255),
        new Prio3Instance.Histogram(8, 3),
        new Prio3Instance.SumVec(10, 255, 9));
  }

  @ParameterizedTest
  @MethodSource("instances")
  void queryAtANode_isRefused_andNowhereElse(Prio3Instance instance) {
    var circuit = Circuits.of(instance);
    int logPoints = Integer.SIZE - Integer.numberOfLeadingZeros(circuit.calls());
    for (int log = 0; log <= logPoints; log++) {
      assertThat(answers(circuit, log)).as("2^%d-th root of unity", log).isFalse();
    }
    assertThat(answers(circuit, logPoints + 1)).as("a root, but of no wire's node").isTrue();
  }

  /** Whether there is an answer at the principal root of unity of so many points. */
  private static boolean answers(Circuit circuit, int log) {
    var flp = new Flp(circuit, 2);
    var field = circuit.field();
    var random = field.zeros(flp.queryRandLength());
    var root = field.zeros(1);
    var one = field.zeros(1);
    field.root(log, root, 0);
    field.set(1, one, 0);
    field.mul(random, flp.queryRandLength() - 1, root, 0, one, 0); // as an element
    return flp.query(
        field.zeros(circuit.measurementLength()),
        field.zeros(flp.proofLength()),
        0,
        random,
        0,
        field.zeros(circuit.jointRandLength()),
        field.zeros(flp.verifierLength()),
        0);
  }
}
