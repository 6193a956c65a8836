package dev.weir.query.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.query.plan.EngineDialect;
import dev.weir.query.plan.ExactPlan;
import dev.weir.query.plan.Parameter;
import dev.weir.query.plan.answer.ExactRelease;
import dev.weir.query.plan.check.ReleasedCohorts;
import dev.weir.query.plan.render.Cohorts;
import dev.weir.runtime.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How what an exact answer told is kept with it in the ledger. Thread-safe. */
final class CohortJson {
  private static final ObjectMapper JSON = Json.newMapper().addMixIn(Parameter.class, Kinds.class);

  private CohortJson() {}

  /**
   * What an answer told, so that every engine can lay it over its copy of the records.
   *
   * @param cohorts in the SQL of each engine
   * @param shownKeys as every engine returns them
   * @param version of the resource whose records are counted
   */
  record Told(
      Map<EngineDialect, Cohorts> cohorts, List<List<Optional<String>>> shownKeys, long version) {
    Told {
      cohorts = Map.copyOf(cohorts);
      shownKeys = shownKeys.stream().map(List::copyOf).toList();
    }

    static Told of(ExactPlan plan, ExactRelease.Outcome.Shown shown, Sources sources) {
      Map<EngineDialect, Cohorts> cohorts =
          Arrays.stream(EngineDialect.values())
              .collect(Collectors.toMap(Function.identity(), dialect -> Cohorts.of(plan, dialect)));
      var facts = cohorts.values().iterator().next().facts();
      var version = sources.versions().get(facts);
      if (version == null) {
        throw new IllegalStateException("a query has the versions of its resources");
      }
      return new Told(cohorts, shown.shownKeys(), version.number());
    }

    ReleasedCohorts in(EngineDialect dialect) {
      var written = cohorts.get(dialect);
      if (written == null) {
        throw new IllegalStateException("stored cohorts lack an engine");
      }
      return new ReleasedCohorts(written, shownKeys);
    }
  }

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
