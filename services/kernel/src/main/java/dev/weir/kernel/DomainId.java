package dev.weir.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies an operation domain. Immutable; written as a lower-case UUID. */
public record DomainId(UUID value) {

  public static DomainId random() {
    return new DomainId(UUID.randomUUID());
  }

  /**
   * @throws ProblemException of type {@link ProblemType#INVALID_REQUEST} when {@code text} is not a
   *     UUID
   */
  @JsonCreator
  public static DomainId of(String text) {
    return new DomainId(Uuids.parse(text));
  }

  @JsonValue
  @Override
  public String toString() {
    return value.toString();
  }
}
