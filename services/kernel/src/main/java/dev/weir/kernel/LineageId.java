package dev.weir.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * Identifies a lineage: every resource derived from one original, sharing one privacy budget.
 * Immutable; written as a lower-case UUID.
 */
public record LineageId(UUID value) {

  public static LineageId random() {
    return new LineageId(UUID.randomUUID());
  }

  /**
   * @throws ProblemException of type {@link ProblemType#INVALID_REQUEST} when {@code text} is not a
   *     UUID
   */
  @JsonCreator
  public static LineageId of(String text) {
    return new LineageId(Uuids.parse(text));
  }

  @JsonValue
  @Override
  public String toString() {
    return value.toString();
  }
}
