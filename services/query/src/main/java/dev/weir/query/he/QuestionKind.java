package dev.weir.query.he;

/** What a question finds. */
enum QuestionKind {
  /** A weighted sum over released cells. */
  SUM,
  /** One released cell, by the values of its keys. */
  LOOKUP,
  /** One record of the resource, by the value of a unique column. */
  KEYWORD,
  /** One record of the resource, by its place in the data version. */
  INDEX;

  /** Whether it looks one entry up; it sums cells otherwise. */
  boolean looksUp() {
    return switch (this) {
      case SUM -> false;
      case LOOKUP, KEYWORD, INDEX -> true;
    };
  }

  /** Whether what it finds is a record of the resource. */
  boolean ofRecords() {
    return switch (this) {
      case SUM, LOOKUP -> false;
      case KEYWORD, INDEX -> true;
    };
  }
}
