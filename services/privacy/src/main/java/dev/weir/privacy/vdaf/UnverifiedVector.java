package dev.weir.privacy.vdaf;

/**
 * The element-wise sum of long vectors, <b>without robustness</b>: see {@link UnverifiedSumVec}.
 *
 * @param length elements of each vector, 1 to {@link #MAX_LENGTH}
 * @param maxMeasurement honest clients send elements in [0, maxMeasurement]; nothing holds others
 *     to it
 */
public record UnverifiedVector(int length, long maxMeasurement) implements VdafInstance {
  /** Most elements of a vector; the leader's share is eight bytes each. */
  public static final int MAX_LENGTH = 1 << 20;

  /** Largest element: the sums of a million vectors stay below half the modulus. */
  private static final long MOST = 1L << 42;

  private static final int ALGORITHM_ID = 0xFFFF5753;

  public UnverifiedVector {
    if (length < 1 || length > MAX_LENGTH) {
      throw new IllegalArgumentException("a vector has 1 to " + MAX_LENGTH + " elements");
    }
    if (maxMeasurement < 1 || maxMeasurement > MOST) {
      throw new IllegalArgumentException("elements go up to a number from 1 to 2^42");
    }
  }

  @Override
  public int algorithmId() {
    return ALGORITHM_ID;
  }

  @Override
  public boolean isRobust() {
    return false;
  }
}
