package dev.weir.query.job;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.query.plan.EngineDialect;
import dev.weir.query.plan.ExactPlan;
import dev.weir.query.plan.Parameter;
import dev.weir.query.plan.answer.ExactRelease;
import dev.weir.query.plan.check.ReleasedCohorts;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.ExprType;
import dev.weir.query.plan.render.Cohorts;
import dev.weir.runtime.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** How what an exact answer told is kept with it in the ledger. Thread-safe. */
final class CohortJson {
  private static final ObjectMapper JSON =
      Json.newMapper()
          .addMixIn(Parameter.class, Kinds.class)
          .addMixIn(Expr.class, Expressions.class)
          .addMixIn(Expr.When.class, Brief.class)
          .addMixIn(ExprType.class, Brief.class);

  private static final int PLAIN_BYTES = 8_000;
  private static final String PACKED = "gzip:";

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

  /** A question may have thousands of them, so they are written as arrays. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Expr.Col.class, name = "col"),
    @JsonSubTypes.Type(value = Expr.Slot.class, name = "slot"),
    @JsonSubTypes.Type(value = Expr.Lit.class, name = "lit"),
    @JsonSubTypes.Type(value = Expr.NullLit.class, name = "null"),
    @JsonSubTypes.Type(value = Expr.Compare.class, name = "compare"),
    @JsonSubTypes.Type(value = Expr.Logic.class, name = "logic"),
    @JsonSubTypes.Type(value = Expr.Not.class, name = "not"),
    @JsonSubTypes.Type(value = Expr.IsNull.class, name = "is-null"),
    @JsonSubTypes.Type(value = Expr.IsTrue.class, name = "is-true"),
    @JsonSubTypes.Type(value = Expr.Like.class, name = "like"),
    @JsonSubTypes.Type(value = Expr.Case.class, name = "case"),
    @JsonSubTypes.Type(value = Expr.Arithmetic.class, name = "arithmetic"),
    @JsonSubTypes.Type(value = Expr.Rescale.class, name = "rescale"),
    @JsonSubTypes.Type(value = Expr.ToReal.class, name = "real"),
    @JsonSubTypes.Type(value = Expr.ToTimestamp.class, name = "timestamp"),
    @JsonSubTypes.Type(value = Expr.Extract.class, name = "extract"),
    @JsonSubTypes.Type(value = Expr.FloorTo.class, name = "floor"),
    @JsonSubTypes.Type(value = Expr.LetterCase.class, name = "letter-case"),
    @JsonSubTypes.Type(value = Expr.Substring.class, name = "substring")
  })
  private interface Expressions {}

  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  private interface Brief {}

  /** As JSON, and what is long packed: conditions repeat themselves. */
  static String write(Told told) {
    try {
      byte[] json = JSON.writeValueAsBytes(told);
      return json.length <= PLAIN_BYTES
          ? new String(json, StandardCharsets.UTF_8)
          : PACKED + Base64.getEncoder().encodeToString(packed(json));
    } catch (IOException e) {
      throw new IllegalStateException("cohorts can always be written", e);
    }
  }

  static Told read(String descriptor) {
    try {
      return descriptor.startsWith(PACKED)
          ? JSON.readValue(unpacked(descriptor.substring(PACKED.length())), Told.class)
          : JSON.readValue(descriptor, Told.class);
    } catch (IOException e) {
      throw new IllegalStateException("stored cohorts cannot be read", e);
    }
  }

  private static byte[] packed(byte[] json) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(json);
    }
    return packed.toByteArray();
  }

  /** Written by this service alone, from questions of at most 16 KiB. */
  private static byte[] unpacked(String text) throws IOException {
    try (var gzip =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
      return gzip.readAllBytes();
    }
  }
}
