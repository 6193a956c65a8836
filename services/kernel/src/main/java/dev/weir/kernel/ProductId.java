package dev.weir.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies a data product. Immutable; written as a lower-case UUID. */
public record ProductId(UUID value) {

  public static ProductId random() {
    return new ProductId(UUID.randomUUID());
  }

  /**
   * @throws ProblemException of type {@link ProblemType#INVALID_REQUEST} when {@code text} is not a
   *     UUID
   */
  @JsonCreator
  public static ProductId of(String text) {
    return new ProductId(Uuids.parse(text));
  }

  @JsonValue
  @Override
  public String toString() {
    return value.toString();
  }
}
