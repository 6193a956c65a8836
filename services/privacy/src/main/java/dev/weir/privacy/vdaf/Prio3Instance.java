package dev.weir.privacy.vdaf;

/**
 * Which Prio3, with its parameters. A record checks itself: what can be built is sound to use.
 * Parameters are public, and fixed for a task.
 */
public sealed interface Prio3Instance extends VdafInstance {
  /** Most elements a measurement may encode to; keeps a report below about 17 MB. */
  int MAX_ENCODED_ELEMENTS = 1 << 20;

  /** The registered algorithm id. */
  @Override
  int algorithmId();

  @Override
  default boolean isRobust() {
    return true;
  }

  /** How many yes there were. */
  record Count() implements Prio3Instance {
    @Override
    public int algorithmId() {
      return 1;
    }
  }

  /**
   * The sum of integers.
   *
   * @param maxMeasurement each is in [0, maxMeasurement]; at most 2⁶³ − 1
   */
  record Sum(long maxMeasurement) implements Prio3Instance {
    public Sum {
      Limits.atLeastOne("max_measurement", maxMeasurement);
    }

    @Override
    public int algorithmId() {
      return 2;
    }
  }

  /**
   * The element-wise sum of vectors.
   *
   * @param length elements of each vector
   * @param maxMeasurement each element is in [0, maxMeasurement]; at most 2⁶³ − 1
   * @param chunkLength bits checked by one gadget call; about the root of length · bits is best
   */
  record SumVec(int length, long maxMeasurement, int chunkLength) implements Prio3Instance {
    public SumVec {
      Limits.vector(length, chunkLength);
      Limits.atLeastOne("max_measurement", maxMeasurement);
      Limits.encoded((long) length * Limits.bits(maxMeasurement));
    }

    @Override
    public int algorithmId() {
      return 3;
    }
  }

  /**
   * How many fell into each bucket.
   *
   * @param length buckets
   * @param chunkLength elements checked by one gadget call; about the root of the length is best
   */
  record Histogram(int length, int chunkLength) implements Prio3Instance {
    public Histogram {
      Limits.vector(length, chunkLength);
      Limits.encoded(length);
    }

    @Override
    public int algorithmId() {
      return 4;
    }
  }

  /**
   * How often each option was chosen, where one may choose several.
   *
   * @param length options
   * @param maxWeight most options one measurement may choose, at most {@code length}
   * @param chunkLength elements checked by one gadget call
   */
  record MultihotCountVec(int length, int maxWeight, int chunkLength) implements Prio3Instance {
    public MultihotCountVec {
      Limits.vector(length, chunkLength);
      if (maxWeight < 1 || maxWeight > length) {
        throw new IllegalArgumentException("max_weight lies between 1 and the length");
      }
      Limits.encoded((long) length + Limits.bits(maxWeight));
    }

    @Override
    public int algorithmId() {
      return 5;
    }
  }

  /**
   * {@link SumVec} over Field64: shorter elements, several proofs.
   *
   * @param proofs at least 3: with fewer, a client finds joint randomness that lets a false proof
   *     pass
   * @param algorithmId from the range for private use, since none is registered
   */
  record SumVecMultiproof(
      int length, long maxMeasurement, int chunkLength, int proofs, int algorithmId)
      implements Prio3Instance {
    private static final int FIRST_PRIVATE_ID = 0xFFFF0000;
    private static final int LEAST_PROOFS = 3;
    private static final int MOST_PROOFS = 255;

    public SumVecMultiproof {
      Limits.vector(length, chunkLength);
      Limits.atLeastOne("max_measurement", maxMeasurement);
      Limits.encoded((long) length * Limits.bits(maxMeasurement));
      if (proofs < LEAST_PROOFS || proofs > MOST_PROOFS) {
        throw new IllegalArgumentException("Field64 with joint randomness takes 3 to 255 proofs");
      }
      if (Integer.compareUnsigned(algorithmId, FIRST_PRIVATE_ID) < 0) {
        throw new IllegalArgumentException("the id is from the range for private use");
      }
    }
  }
}
