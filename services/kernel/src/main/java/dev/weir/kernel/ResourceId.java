package dev.weir.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies a data resource. Immutable; written as a lower-case UUID. */
public record ResourceId(UUID value) {

  public static ResourceId random() {
    return new ResourceId(UUID.randomUUID());
  }

  /**
   * @throws ProblemException of type {@link ProblemType#INVALID_REQUEST} when {@code text} is not a
   *     UUID
   */
  @JsonCreator
  public static ResourceId of(String text) {
    return new ResourceId(Uuids.parse(text));
  }

  @JsonValue
  @Override
  public String toString() {
    return value.toString();
  }
}
