package dev.weir.aggregation.rehearsal;

/**
 * What aggregators do wrong with collections on purpose, to see that a history's judge finds it.
 */
public enum ReleaseBug {
  NONE("nothing"),
  /** They forget what they drew for a batch that failed. */
  FORGETS_WHAT_IT_DREW("noised a batch twice"),
  /** The leader asks as soon as its lanes have closed the batch. */
  ASKS_BEFORE_IT_CHARGES("asked the helper before it had charged"),
  /** They, and their lanes, forget what was collected. */
  FORGETS_WHAT_IT_COLLECTED("overlap"),
  /** The helper does not hold the leader's count and checksum against its own. */
  RELEASES_WHAT_DIFFERS("had not counted the same reports"),
  /** Lanes count a report of a small batch as several. */
  RELEASES_TOO_FEW_REPORTS("too few reports"),
  /** Lanes count a party as several. */
  RELEASES_TOO_FEW_PARTIES("too few parties"),
  /** Lanes are not told that a batch was collected. */
  KEEPS_THE_EXACT_SUMS("keep the exact sum"),
  /** What was drawn is not added. */
  SENDS_THE_EXACT_SHARE("without noise");

  private final String told;

  ReleaseBug(String told) {
    this.told = told;
  }

  /** Part of what a judge says who found this bug and no other. */
  public String told() {
    return told;
  }
}
