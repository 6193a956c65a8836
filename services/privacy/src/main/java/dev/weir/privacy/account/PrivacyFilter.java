package dev.weir.privacy.account;

/**
 * A budget that stops: mechanisms may be chosen one after the other in the light of earlier
 * answers, as long as their costs, each fixed before its draw, sum to no more than the cap. For
 * zCDP the plain sum is a valid filter (Feldman and Zrnic 2021; Whitehouse and others 2023). A
 * ledger keeps the same rule in one conditional UPDATE; here it is by itself, for whoever composes
 * without a database. Immutable.
 *
 * @param capNanoRho at least 0
 * @param spentNanoRho between 0 and the cap
 */
public record PrivacyFilter(long capNanoRho, long spentNanoRho) {
  public PrivacyFilter {
    if (capNanoRho < 0 || spentNanoRho < 0 || spentNanoRho > capNanoRho) {
      throw new IllegalArgumentException("what is spent lies between 0 and the cap");
    }
  }

  /** Nothing spent yet. */
  public static PrivacyFilter of(long capNanoRho) {
    return new PrivacyFilter(capNanoRho, 0);
  }

  /** What came of a wish to spend. */
  public sealed interface Outcome {
    /** Spent; go on with {@code rest}. */
    record Granted(PrivacyFilter rest) implements Outcome {}

    /** Not spent, and nothing may be drawn. */
    record Stopped(long missingNanoRho) implements Outcome {}
  }

  public long leftNanoRho() {
    return capNanoRho - spentNanoRho;
  }

  /**
   * @param nanoRho the cost of the next mechanism, at least 0
   */
  public Outcome spend(long nanoRho) {
    if (nanoRho < 0) {
      throw new IllegalArgumentException("a privacy loss is not negative");
    }
    return nanoRho <= leftNanoRho()
        ? new Outcome.Granted(new PrivacyFilter(capNanoRho, spentNanoRho + nanoRho))
        : new Outcome.Stopped(nanoRho - leftNanoRho());
  }
}
