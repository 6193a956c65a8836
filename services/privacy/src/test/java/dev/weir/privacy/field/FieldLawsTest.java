package dev.weir.privacy.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel against integers modulo p, over random elements and those at the edges. */
class FieldLawsTest {
  private static final long SEED = 20_260_824;

  static List<Field> fields() {
    return List.of(Field64.INSTANCE, Field128.INSTANCE);
  }

  @ParameterizedTest
  @MethodSource("fields")
  void operations_ofAnyTwoElements_areThoseOfTheIntegers(Field field) {
    var values = values(field, 60);
    var p = field.modulus();
    for (BigInteger a : values) {
      for (BigInteger b : values) {
        var x = element(field, a);
        var y = element(field, b);
        var z = field.zeros(1);
        field.add(z, 0, x, 0, y, 0);
        assertThat(field.get(z, 0)).isEqualTo(a.add(b).mod(p));
        field.sub(z, 0, x, 0, y, 0);
        assertThat(field.get(z, 0)).isEqualTo(a.subtract(b).mod(p));
        field.prepare(z, 0, x, 0);
        field.mul(z, 0, z, 0, y, 0);
        assertThat(field.get(z, 0)).isEqualTo(a.multiply(b).mod(p));
        field.mul(z, 0, x, 0, y, 0);
        field.restore(z, 0, z, 0);
        assertThat(field.get(z, 0)).isEqualTo(a.multiply(b).mod(p));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fields")
  void dotAndSum_overStrides_areThoseOfTheIntegers(Field field) {
    var random = new Random(SEED);
    for (int count : new int[] {0, 1, 2, 33, 4_000}) {
      var xs = values(field, 3 * count + 20);
      var ys = values(field, 2 * count + 20);
      java.util.Collections.shuffle(xs, random);
      var x = elements(field, xs);
      var y = elements(field, ys);
      var dot = BigInteger.ZERO;
      var sum = BigInteger.ZERO;
      for (int i = 0; i < count; i++) {
        dot = dot.add(xs.get(1 + 3 * i).multiply(ys.get(2 + 2 * i)));
        sum = sum.add(xs.get(1 + 3 * i));
      }
      var z = field.zeros(1);
      field.dot(z, 0, x, 1, 3, y, 2, 2, count);
      field.restore(z, 0, z, 0);
      assertThat(field.get(z, 0)).isEqualTo(dot.mod(field.modulus()));
      field.sum(z, 0, x, 1, 3, count);
      assertThat(field.get(z, 0)).isEqualTo(sum.mod(field.modulus()));
    }
  }

  @ParameterizedTest
  @MethodSource("fields")
  void dot_ofTheLargestElements_neverOverflows(Field field) {
    int count = 100_000;
    var largest = field.modulus().subtract(BigInteger.ONE);
    var x = elements(field, java.util.Collections.nCopies(count, largest));
    var z = field.zeros(1);
    field.dot(z, 0, x, 0, 1, x, 0, 1, count);
    field.restore(z, 0, z, 0);
    assertThat(field.get(z, 0)).isEqualTo(BigInteger.valueOf(count)); // (−1)² each
    field.sum(z, 0, x, 0, 1, count);
    assertThat(field.get(z, 0)).isEqualTo(field.modulus().subtract(BigInteger.valueOf(count)));
  }

  /** Σ = 2²⁵⁶ − 2¹²⁸ + 1: a Montgomery step gives 2p and more, one subtraction is not enough. */
  @Test
  void dot_thatComesCloseToFourWords_isStillCanonical() {
    var field = Field128.INSTANCE;
    var last = field.modulus().subtract(BigInteger.ONE);
    var rest = BigInteger.valueOf(56).shiftLeft(64).subtract(BigInteger.valueOf(785)).shiftLeft(28);
    var xs = List.of(last, BigInteger.ONE.shiftLeft(100), BigInteger.ONE);
    var ys = List.of(last, rest, BigInteger.ONE);
    var sum = BigInteger.ZERO;
    for (int i = 0; i < 3; i++) {
      sum = sum.add(xs.get(i).multiply(ys.get(i)));
    }
    var z = field.zeros(1);
    field.dot(z, 0, elements(field, xs), 0, 1, elements(field, ys), 0, 1, 3);
    assertThat(sum.add(BigInteger.ONE.shiftLeft(128)).subtract(BigInteger.ONE))
        .isEqualTo(BigInteger.ONE.shiftLeft(256));
    assertThat(field.get(z, 0)).isLessThan(field.modulus());
    field.restore(z, 0, z, 0);
    assertThat(field.get(z, 0)).isEqualTo(sum.mod(field.modulus()));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void eachOf_addSubMul_worksElementByElement(Field field) {
    var xs = values(field, 50);
    var ys = new ArrayList<>(xs).reversed();
    var x = elements(field, xs);
    var z = elements(field, ys);
    field.addEach(z, 0, x, 0, xs.size());
    field.subEach(z, 1, x, 1, xs.size() - 1);
    for (int i = 0; i < xs.size(); i++) {
      field.prepare(x, i, x, i);
    }
    field.mulEach(z, 0, x, 0, xs.size());
    for (int i = 0; i < xs.size(); i++) {
      var before = i == 0 ? ys.get(0).add(xs.get(0)) : ys.get(i);
      assertThat(field.get(z, i)).isEqualTo(before.multiply(xs.get(i)).mod(field.modulus()));
    }
  }

  @ParameterizedTest
  @MethodSource("fields")
  void roots_haveExactlyTheirOrder(Field field) {
    var one = field.zeros(1);
    field.root(0, one, 0);
    var root = field.zeros(1);
    var square = field.zeros(1);
    for (int log = 1; log <= field.logGenOrder(); log++) {
      field.root(log, root, 0);
      field.mul(root, 0, root, 0, root, 0);
      field.root(log - 1, square, 0);
      assertThat(root).isEqualTo(square);
      assertThat(log == 1 || !java.util.Arrays.equals(square, one)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("fields")
  void decode_ofWhatIsNotCanonical_isRefused(Field field) {
    var p = field.modulus();
    var top = BigInteger.ONE.shiftLeft(8 * field.encodedBytes()).subtract(BigInteger.ONE);
    for (BigInteger bad : List.of(p, p.add(BigInteger.ONE), top)) {
      for (int position = 0; position < 3; position++) {
        var bytes = new byte[3 * field.encodedBytes()];
        littleEndian(bad, bytes, position * field.encodedBytes(), field.encodedBytes());
        assertThat(field.decode(bytes, 0, field.zeros(3), 0, 3)).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fields")
  void decode_ofWhatWasEncoded_givesTheSameElements(Field field) {
    var xs = values(field, 40);
    var x = elements(field, xs);
    var bytes = new byte[xs.size() * field.encodedBytes()];
    field.encode(x, 0, xs.size(), bytes, 0);
    var read = field.zeros(xs.size());
    assertThat(field.decode(bytes, 0, read, 0, xs.size())).isTrue();
    assertThat(read).isEqualTo(x);
    var first = new byte[field.encodedBytes()];
    littleEndian(xs.get(5), first, 0, first.length);
    assertThat(java.util.Arrays.copyOfRange(bytes, 5 * first.length, 6 * first.length))
        .isEqualTo(first);
  }

  private static void littleEndian(BigInteger value, byte[] out, int at, int length) {
    for (int i = 0; i < length; i++) {
      out[at + i] = value.shiftRight(8 * i).byteValue();
    }
  }

  /** Random elements after those where carries and reductions turn. */
  static List<BigInteger> values(Field field, int atLeast) {
    var p = field.modulus();
    var values = new ArrayList<BigInteger>();
    for (int shift : new int[] {0, 1, 31, 32, 33, 63, 64, 65, 96, 127}) {
      for (int offset = -1; offset <= 1; offset++) {
        values.add(BigInteger.ONE.shiftLeft(shift).add(BigInteger.valueOf(offset)).mod(p));
      }
    }
    for (int i = 1; i <= 3; i++) {
      values.add(p.subtract(BigInteger.valueOf(i)));
    }
    var random = new Random(SEED);
    while (values.size() < atLeast) {
      values.add(new BigInteger(p.bitLength() + 8, random).mod(p));
    }
    return values;
  }

  static long[] element(Field field, BigInteger value) {
    return elements(field, List.of(value));
  }

  static long[] elements(Field field, List<BigInteger> values) {
    var elements = field.zeros(values.size());
    for (int i = 0; i < values.size(); i++) {
      field.set(values.get(i), elements, i);
    }
    return elements;
  }
}
