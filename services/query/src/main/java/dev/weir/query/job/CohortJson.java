package dev.weir.query.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.query.plan.Parameter;
import dev.weir.query.plan.check.ReleasedCohorts;
import dev.weir.runtime.json.Json;

/** How what an exact answer told is kept with it in the ledger. Thread-safe. */
final class CohortJson {
  private static final ObjectMapper JSON = Json.mapper().addMixIn(Parameter.class, Kinds.class);

  private CohortJson() {}

  /**
   * @param universe number of records there were
   */
  record Told(ReleasedCohorts cohorts, long universe) {}

  /** A closed list of names; the text never chooses a class. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Parameter.Text.class, name = "text"),
    @JsonSubTypes.Type(value = Parameter.Whole.class, name = "whole"),
    @JsonSubTypes.Type(value = Parameter.Real.class, name = "real"),
    @JsonSubTypes.Type(value = Parameter.Truth.class, name = "truth"),
    @JsonSubTypes.Type(value = Parameter.DataVersion.class, name = "version"),
    @JsonSubTypes.Type(value = Parameter.SelectionKey.class, name = "key")
  })
  private interface Kinds {}

  static String write(Told told) {
    try {
      return JSON.writeValueAsString(told);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cohorts can always be written", e);
    }
  }

  static Told read(String descriptor) {
    try {
      return JSON.readValue(descriptor, Told.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored cohorts cannot be read", e);
    }
  }
}
