package dev.weir.policy.product;

/**
 * How much one person can change an answer.
 *
 * @param personKey the column that tells persons apart
 * @param maxGroups groups of one answer a person may appear in, at least 1
 * @param maxRowsPerGroup rows of one person counted in one group, at least 1
 */
public record Contribution(String personKey, int maxGroups, int maxRowsPerGroup) {
  public Contribution {
    if (maxGroups < 1 || maxRowsPerGroup < 1) {
      throw new IllegalArgumentException("contribution bounds start at 1");
    }
  }
}
