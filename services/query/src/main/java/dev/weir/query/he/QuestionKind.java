package dev.weir.query.he;

/** What a question finds. */
public enum QuestionKind {
  /** A weighted sum over released cells. */
  SUM,
  /** Up to three released cells, by one ciphertext that is expanded where it is evaluated. */
  ONE_HOT,
  /** One released cell, by the values of its keys. */
  LOOKUP,
  /** One record of the resource, by the value of a unique column. */
  KEYWORD,
  /** One record of the resource, by its place in the data version. */
  INDEX;

  /** Whether it looks one locked entry up; it is evaluated over cells otherwise. */
  public boolean looksUp() {
    return switch (this) {
      case SUM, ONE_HOT -> false;
      case LOOKUP, KEYWORD, INDEX -> true;
    };
  }

  /** Whether what it finds is a record of the resource. */
  boolean ofRecords() {
    return switch (this) {
      case SUM, ONE_HOT, LOOKUP -> false;
      case KEYWORD, INDEX -> true;
    };
  }
}
