package dev.weir.policy.term;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/**
 * The 21 actions of TC609-6-2025-14, App. C, spelled as the standard spells them; {@code
 * policyTransmit} is read as an alias of its {@code plicyTransmit}.
 */
public enum Action {
  TRANSFORM("transform"),
  ANONYMIZE("anonymize"),
  DESENSITIZE("desensitize"),
  ACCESS("access"),
  READ("read"),
  REPRODUCE("reproduce"),
  STORAGE("storage"),
  DOWNLOAD("download"),
  PROCESS("process"),
  JOINT_DEVELOP("jointDevelop"),
  DISTRIBUTE("distribute"),
  COMPUTE("compute"),
  GRANT_USE("grantUse"),
  POLICY_TRANSMIT("plicyTransmit"),
  DELIVERY("delivery"),
  SELL("sell"),
  LOG_RECORD_SEND("logRecordSend"),
  DELETE("delete"),
  ALERT("alert"),
  COMPENSATE("compensate"),
  EXPANSION_ITEM("expansionItem");

  private final String standardName;

  Action(String standardName) {
    this.standardName = standardName;
  }

  @JsonValue
  public String standardName() {
    return standardName;
  }

  public static Optional<Action> find(String name) {
    for (Action action : values()) {
      if (action.standardName.equals(name)) {
        return Optional.of(action);
      }
    }
    return name.equals("policyTransmit") ? Optional.of(POLICY_TRANSMIT) : Optional.empty();
  }

  @JsonCreator
  static Action parse(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("unknown action"));
  }
}
