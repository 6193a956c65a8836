package dev.weir.intake.cleaning;

/** What cleaning says about a row. */
public sealed interface Verdict {
  Accepted ACCEPTED = new Accepted();

  /** The row goes on, perhaps with cells emptied. */
  record Accepted() implements Verdict {}

  /**
   * The row goes to the dead letters.
   *
   * @param rule id of the rule it broke
   * @param column empty when the whole row is meant
   */
  record Rejected(String rule, String column) implements Verdict {}
}
