package dev.weir.query.plan;

/** What a query does with a column; each use is checked against the party's grants. */
public enum UseClass {
  /**
   * One record's value would be visible, as with MIN and MAX, or that one record has a value, as
   * with COUNT(DISTINCT) of an exact product.
   */
  SHOWN,
  /** Decides which records count: WHERE, FILTER. */
  FILTERED,
  /** Part of a group key, visible as that. */
  GROUPED,
  /** Equated with the key of another product. */
  JOINED,
  /** Orders records inside a group: WITHIN GROUP. */
  ORDERED,
  /** Argument of COUNT, SUM, AVG or a quantile. */
  AGGREGATED,
  /** Compared to choose a value: CASE WHEN, or with another column. */
  COMPARED
}
