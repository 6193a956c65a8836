package dev.weir.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies a digital contract. Immutable; written as a lower-case UUID. */
public record ContractId(UUID value) {

  public static ContractId random() {
    return new ContractId(UUID.randomUUID());
  }

  /**
   * @throws ProblemException of type {@link ProblemType#INVALID_REQUEST} when {@code text} is not a
   *     UUID
   */
  @JsonCreator
  public static ContractId of(String text) {
    return new ContractId(Uuids.parse(text));
  }

  @JsonValue
  @Override
  public String toString() {
    return value.toString();
  }
}
