package dev.weir.he;

import java.security.SecureRandom;
import java.util.Random;

/** Seeded inputs for tests; the randomness of encryption stays real. */
public final class Samples {
  private Samples() {}

  public static HeContext context(HeParameters parameters) {
    return HeContext.open(parameters, new SecureRandom());
  }

  /** {@code [count][degree]} below the bound. */
  public static Words plain(HeParameters parameters, int count, long bound, long seed) {
    var random = new Random(seed);
    var words = Words.allocate((long) count * parameters.degree());
    for (int i = 0; i < words.count(); i++) {
      words.set(i, random.nextLong(bound));
    }
    return words;
  }
}
