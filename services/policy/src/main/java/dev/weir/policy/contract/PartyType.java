package dev.weir.policy.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The party types of TC609-6-2025-14. */
public enum PartyType {
  PROVIDER("01"),
  USER("02"),
  SERVICE("03"),
  OTHER("04");

  private final String code;

  PartyType(String code) {
    this.code = code;
  }

  @JsonValue
  public String code() {
    return code;
  }

  @JsonCreator
  static PartyType parse(String code) {
    for (PartyType type : values()) {
      if (type.code.equals(code)) {
        return type;
      }
    }
    throw new IllegalArgumentException("unknown party type");
  }
}
