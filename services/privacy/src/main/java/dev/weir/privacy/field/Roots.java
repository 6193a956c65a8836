package dev.weir.privacy.field;

/** Tables of roots of unity, as multipliers. */
final class Roots {
  private Roots() {}

  /** W^0 … W^(count−1) of the principal root of order 2^log. */
  static long[] powers(Field field, int log, int count) {
    var root = field.zeros(1);
    field.root(log, root, 0);
    return powersOf(field, root, count);
  }

  /** W^0 … W^−(count−1) of the principal root of order 2^log. */
  static long[] inversePowers(Field field, int log, int count) {
    var root = field.zeros(1);
    field.root(log, root, 0);
    // W^-1 = W^(2^log - 1), the product of all W^(2^i)
    var inverse = field.zeros(1);
    field.root(0, inverse, 0);
    for (int i = log; i > 0; i--) {
      field.root(i, root, 0);
      field.mul(inverse, 0, inverse, 0, root, 0);
    }
    return powersOf(field, inverse, count);
  }

  private static long[] powersOf(Field field, long[] base, int count) {
    var powers = field.zeros(count);
    field.root(0, powers, 0);
    for (int i = 1; i < count; i++) {
      field.mul(powers, i, powers, i - 1, base, 0);
    }
    return powers;
  }
}
