package dev.weir.query.plan.logic;

/** What is claimed of a condition that may be true, false or unknown. */
enum Truth {
  TRUE,
  FALSE,
  NOT_TRUE,
  NOT_FALSE;

  /** What is then claimed of the condition's negation. */
  Truth negated() {
    return switch (this) {
      case TRUE -> FALSE;
      case FALSE -> TRUE;
      case NOT_TRUE -> NOT_FALSE;
      case NOT_FALSE -> NOT_TRUE;
    };
  }

  /** Whether a condition that is true meets the claim. */
  boolean allowsTrue() {
    return this == TRUE || this == NOT_FALSE;
  }

  boolean allowsUnknown() {
    return this == NOT_TRUE || this == NOT_FALSE;
  }
}
