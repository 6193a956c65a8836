package dev.weir.policy.term;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/**
 * The 19 constraints of TC609-6-2025-14, App. C, spelled as the standard spells them; {@code
 * dataRecord} is read as an alias of {@code dateRecord}.
 */
public enum ConstraintName {
  TIME("time"),
  TIME_WINDOW("timeWindow"),
  REGION("region"),
  NETWORK_ADDRESS("networkAddress"),
  PHYSICAL_ADDRESS("physicalAddress"),
  COUNT("count"),
  FREQUENCY("frequency"),
  DATA_SIZE("dataSize"),
  DATA_RECORD("dateRecord"),
  DATA_FIELD("dataField"),
  VALUE_EXPRESSION("valueExpression"),
  APPLICATION("application"),
  ALGORITHM("algorithm"),
  MACHINE_LEARNING_MODELS("machineLearningModels"),
  EXECUTION_ENV("executionEnv"),
  ENCRYPT_MODE("encryptMode"),
  DELIVERY_METHOD("deliveryMethod"),
  PAY_AMOUNT("payAmount"),
  EXPANSION_ITEM("expansionItem");

  private final String standardName;

  ConstraintName(String standardName) {
    this.standardName = standardName;
  }

  @JsonValue
  public String standardName() {
    return standardName;
  }

  public static Optional<ConstraintName> find(String name) {
    for (ConstraintName constraint : values()) {
      if (constraint.standardName.equals(name)) {
        return Optional.of(constraint);
      }
    }
    return name.equals("dataRecord") ? Optional.of(DATA_RECORD) : Optional.empty();
  }

  @JsonCreator
  static ConstraintName parse(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("unknown constraint"));
  }
}
