package dev.weir.privacy.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lagrange bases and odd points against polynomials evaluated coefficient by coefficient. */
class PolynomialTest {
  static List<Field> fields() {
    return FieldLawsTest.fields();
  }

  @ParameterizedTest
  @MethodSource("fields")
  void basis_atAnyPointAndAtItsNodes_interpolates(Field field) {
    for (int log = 1; log <= 6; log++) {
      int size = 1 << log;
      var coefficients = FieldLawsTest.values(field, 80).subList(80 - size, 80);
      var values = FieldLawsTest.elements(field, atRoots(field, coefficients, log, 1, 0));
      var points = new ArrayList<>(FieldLawsTest.values(field, 40).subList(30, 40));
      for (int i = 0; i < size; i++) {
        points.add(power(field, log, i));
        points.add(power(field, log + 1, 2 * i + 1));
      }
      for (BigInteger point : points) {
        var z = field.zeros(1);
        field.dot(z, 0, lambda(field, log, point), 0, 1, values, 0, 1, size);
        assertThat(field.get(z, 0)).isEqualTo(evaluate(field, coefficients, point));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fields")
  void oddPoints_areTheValuesInBetween(Field field) {
    for (int log = 1; log <= 6; log++) {
      int size = 1 << log;
      var coefficients = FieldLawsTest.values(field, 80).subList(80 - size, 80);
      var values = FieldLawsTest.elements(field, atRoots(field, coefficients, log, 1, 0));
      var padded = field.zeros(size + 3);
      System.arraycopy(values, 0, padded, 3 * field.words(), values.length);

      new OddPoints(field, log).transform(padded, 3);

      var expected = field.zeros(size + 3);
      var odd = FieldLawsTest.elements(field, atRoots(field, coefficients, log + 1, 2, 1));
      System.arraycopy(odd, 0, expected, 3 * field.words(), odd.length);
      assertThat(padded).isEqualTo(expected);
    }
  }

  private static long[] lambda(Field field, int log, BigInteger point) {
    var powers = field.zeros(log);
    field.set(point, powers, 0);
    field.prepare(powers, 0, powers, 0);
    for (int i = 1; i < log; i++) {
      field.mul(powers, i, powers, i - 1, powers, i - 1);
    }
    var lambda = field.zeros(1 << log);
    new LagrangeBasis(field, log).at(powers, lambda);
    return lambda;
  }

  /** Values at W^(step·i + offset), i below the number of coefficients, W of order 2^log. */
  private static List<BigInteger> atRoots(
      Field field, List<BigInteger> coefficients, int log, int step, int offset) {
    var values = new ArrayList<BigInteger>();
    for (int i = 0; i < coefficients.size(); i++) {
      values.add(evaluate(field, coefficients, power(field, log, step * i + offset)));
    }
    return values;
  }

  private static BigInteger power(Field field, int log, int exponent) {
    var generator = BigInteger.valueOf(7);
    var order = BigInteger.ONE.shiftLeft(log);
    var root = field.modulus().subtract(BigInteger.ONE).divide(order);
    return generator.modPow(root.multiply(BigInteger.valueOf(exponent)), field.modulus());
  }

  private static BigInteger evaluate(Field field, List<BigInteger> coefficients, BigInteger x) {
    var value = BigInteger.ZERO;
    for (BigInteger coefficient : coefficients.reversed()) {
      value = value.multiply(x).add(coefficient).mod(field.modulus());
    }
    return value;
  }
}
