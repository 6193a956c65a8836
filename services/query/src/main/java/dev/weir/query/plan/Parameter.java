package dev.weir.query.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.weir.kernel.ResourceId;

/** A value bound to one {@code ?} of an engine statement, in order. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Parameter.Text.class, name = "text"),
  @JsonSubTypes.Type(value = Parameter.Whole.class, name = "whole"),
  @JsonSubTypes.Type(value = Parameter.Real.class, name = "real"),
  @JsonSubTypes.Type(value = Parameter.Truth.class, name = "truth"),
  @JsonSubTypes.Type(value = Parameter.DataVersion.class, name = "version"),
  @JsonSubTypes.Type(value = Parameter.SelectionKey.class, name = "selection")
})
public sealed interface Parameter {
  record Text(String value) implements Parameter {}

  record Whole(long value) implements Parameter {}

  /** Finite. */
  record Real(double value) implements Parameter {}

  record Truth(boolean value) implements Parameter {}

  /** The sealed version of a resource that the answer is about; bound when the plan runs. */
  record DataVersion(ResourceId resource) implements Parameter {}

  /** The secret text that decides which rows of a person count; see {@link Bindings}. */
  record SelectionKey() implements Parameter {}
}
