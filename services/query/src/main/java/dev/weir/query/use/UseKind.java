package dev.weir.query.use;

/** How a product was used. */
public enum UseKind {
  /** A question in SQL. */
  QUERY,
  /** Cells of a data version were released for encrypted questions. */
  CELLS,
  /** An encrypted sum over cells. */
  SUM,
  /** An encrypted sum over up to three cells. */
  ONE_HOT,
  /** One cell was looked up. */
  LOOKUP,
  /** One record was looked up by keyword. */
  KEYWORD,
  /** One record was looked up by its place. */
  INDEX
}
