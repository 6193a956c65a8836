package dev.weir.policy.constraint;

import dev.weir.policy.term.Operator;

/** The four ordering operators. */
public enum Compare {
  GT,
  GTEQ,
  LT,
  LTEQ;

  static Compare of(Operator operator) {
    return switch (operator) {
      case GT -> GT;
      case GTEQ -> GTEQ;
      case LT -> LT;
      case LTEQ -> LTEQ;
      case EQ, NEQ, HAS_PART, IS_A, IS_ALL_OF, IS_ANY_OF, IS_NONE_OF, IS_PART_OF ->
          throw new IllegalArgumentException("not an ordering operator");
    };
  }

  boolean holds(int comparison) {
    return switch (this) {
      case GT -> comparison > 0;
      case GTEQ -> comparison >= 0;
      case LT -> comparison < 0;
      case LTEQ -> comparison <= 0;
    };
  }

  public boolean isUpper() {
    return this == LT || this == LTEQ;
  }

  public boolean isStrict() {
    return this == GT || this == LT;
  }
}
