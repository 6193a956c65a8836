package dev.weir.policy.term;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/** The 12 operators of TC609-6-2025-14, App. C, with their two-digit codes. */
public enum Operator {
  EQ("01", "eq"),
  GT("02", "gt"),
  GTEQ("03", "gteq"),
  HAS_PART("04", "hasPart"),
  IS_A("05", "isA"),
  IS_ALL_OF("06", "isAllOf"),
  IS_ANY_OF("07", "isAnyOf"),
  IS_NONE_OF("08", "isNoneOf"),
  IS_PART_OF("09", "isPartOf"),
  LT("10", "lt"),
  LTEQ("11", "lteq"),
  NEQ("12", "neq");

  private final String code;
  private final String standardName;

  Operator(String code, String standardName) {
    this.code = code;
    this.standardName = standardName;
  }

  @JsonValue
  public String code() {
    return code;
  }

  public String standardName() {
    return standardName;
  }

  /** Finds an operator by its code or its name. */
  public static Optional<Operator> find(String text) {
    for (Operator operator : values()) {
      if (operator.code.equals(text) || operator.standardName.equals(text)) {
        return Optional.of(operator);
      }
    }
    return Optional.empty();
  }

  @JsonCreator
  static Operator parse(String text) {
    return find(text).orElseThrow(() -> new IllegalArgumentException("unknown operator"));
  }
}
