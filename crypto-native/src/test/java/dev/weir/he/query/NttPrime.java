package dev.weir.he.query;

import java.util.Arrays;

/** A client's own arithmetic modulo one prime, for dividing polynomials. Slow and plain. */
final class NttPrime {
  private final long prime;
  private final int degree;
  private final long root; // of order 2 degree

  NttPrime(long prime, int degree) {
    this.prime = prime;
    this.degree = degree;
    this.root = findRoot();
  }

  /** The polynomial p with p * divisor = product, modulo X^degree + 1; zero where none exists. */
  long[] divide(long[] product, long[] divisor) {
    var left = values(product);
    var right = values(divisor);
    for (int i = 0; i < degree; i++) {
      left[i] = times(left[i], power(right[i], prime - 2));
    }
    transform(left, power(times(root, root), prime - 2));
    long scale = power(degree, prime - 2);
    long back = power(root, prime - 2);
    long factor = scale;
    for (int i = 0; i < degree; i++, factor = times(factor, back)) {
      left[i] = times(left[i], factor);
    }
    return left;
  }

  private long[] values(long[] polynomial) {
    var out = Arrays.copyOf(polynomial, degree);
    long factor = 1;
    for (int i = 0; i < degree; i++, factor = times(factor, root)) {
      out[i] = times(out[i], factor);
    }
    transform(out, times(root, root));
    return out;
  }

  private void transform(long[] values, long omega) {
    for (int i = 1, j = 0; i < degree; i++) {
      int bit = degree >> 1;
      for (; (j & bit) != 0; bit >>= 1) {
        j ^= bit;
      }
      j ^= bit;
      if (i < j) {
        long held = values[i];
        values[i] = values[j];
        values[j] = held;
      }
    }
    for (int length = 2; length <= degree; length *= 2) {
      long step = power(omega, degree / length);
      for (int start = 0; start < degree; start += length) {
        long factor = 1;
        for (int i = start; i < start + length / 2; i++, factor = times(factor, step)) {
          long upper = times(values[i + length / 2], factor);
          values[i + length / 2] = (values[i] + prime - upper) % prime;
          values[i] = (values[i] + upper) % prime;
        }
      }
    }
  }

  private long findRoot() {
    for (long base = 2; ; base++) {
      long candidate = power(base, (prime - 1) / (2L * degree));
      if (power(candidate, degree) == prime - 1) {
        return candidate;
      }
    }
  }

  private long times(long left, long right) {
    long high = Math.multiplyHigh(left, right);
    return high == 0
        ? Long.remainderUnsigned(left * right, prime)
        : java.math.BigInteger.valueOf(left)
            .multiply(java.math.BigInteger.valueOf(right))
            .mod(java.math.BigInteger.valueOf(prime))
            .longValue();
  }

  private long power(long base, long exponent) {
    long result = 1;
    long square = base % prime;
    for (long rest = exponent; rest > 0; rest >>= 1, square = times(square, square)) {
      if ((rest & 1) == 1) {
        result = times(result, square);
      }
    }
    return result;
  }
}
