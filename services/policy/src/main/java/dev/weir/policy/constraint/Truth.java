package dev.weir.policy.constraint;

/**
 * What a condition says of one use. Unknown never helps the requester: a permission needs every
 * condition to hold, a prohibition applies unless one condition surely fails.
 */
public enum Truth {
  TRUE,
  FALSE,
  /** The fact was not observed. */
  UNKNOWN,
  /** The condition speaks of columns and the use touches none: it neither hinders nor matches. */
  VACUOUS;

  static Truth of(boolean holds) {
    return holds ? TRUE : FALSE;
  }

  /** Whether a permission may still apply. */
  public boolean permits() {
    return this == TRUE || this == VACUOUS;
  }

  /** Whether a prohibition may still apply. */
  public boolean prohibits() {
    return this == TRUE || this == UNKNOWN;
  }
}
