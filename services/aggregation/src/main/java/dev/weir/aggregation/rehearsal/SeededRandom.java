package dev.weir.aggregation.rehearsal;

import java.io.Serial;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.SplittableRandom;

/**
 * Keys and shares that follow a seed, so that a history that went wrong can be played again. Secret
 * from nobody: for rehearsals alone.
 */
final class SeededRandom extends SecureRandom {
  @Serial private static final long serialVersionUID = 1L;

  SeededRandom(long seed) {
    super(new Stream(seed), null);
  }

  @Override
  public String getAlgorithm() {
    return "seeded rehearsal";
  }

  private static final class Stream extends SecureRandomSpi {
    @Serial private static final long serialVersionUID = 1L;

    private final transient SplittableRandom random;

    private Stream(long seed) {
      random = new SplittableRandom(seed);
    }

    @Override
    protected synchronized void engineNextBytes(byte[] bytes) {
      random.nextBytes(bytes);
    }

    /** More entropy changes nothing. */
    @Override
    protected void engineSetSeed(byte[] seed) {}

    @Override
    protected synchronized byte[] engineGenerateSeed(int length) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      return bytes;
    }
  }
}
