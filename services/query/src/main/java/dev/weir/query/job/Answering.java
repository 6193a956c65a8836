package dev.weir.query.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.QueryId;
import dev.weir.kernel.ResourceId;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.usage.Permit;
import dev.weir.query.engine.SqlEngine;
import dev.weir.query.plan.Bindings;
import dev.weir.query.plan.CheckedPlan;
import dev.weir.query.plan.DpPlan;
import dev.weir.query.plan.ExactPlan;
import dev.weir.query.plan.answer.Answer;
import dev.weir.query.plan.answer.AnswerAssembler;
import dev.weir.query.plan.answer.AnswerRow;
import dev.weir.query.plan.answer.Cell;
import dev.weir.query.plan.check.CohortCheck;
import dev.weir.query.record.DataVersion;
import dev.weir.query.record.RecordStore;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.ledger.ReleasedCohort;
import dev.weir.runtime.ledger.SpendRequest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Computes answers: binds a plan to sealed versions, runs its statements and puts the answer
 * together. What it makes is not released yet. Thread-safe.
 */
final class Answering {
  private static final ObjectMapper JSON = Json.mapper();

  private final RecordStore records;
  private final SqlEngine engine;
  private final ExactAnswering exact;
  private final SecureNoise noise;
  private final SelectionKey selectionKey;

  Answering(
      RecordStore records,
      SqlEngine engine,
      CohortCheck check,
      SecureRandom random,
      SelectionKey selectionKey) {
    this.records = records;
    this.engine = engine;
    this.exact = new ExactAnswering(engine, check);
    this.noise = new SecureNoise(random);
    this.selectionKey = selectionKey;
  }

  /** An answer before its release. */
  sealed interface Prepared {
    /**
     * @param answer JSON of an {@link AnswerView}
     * @param cohorts of an exact answer
     */
    record Ready(String answer, List<SpendRequest.Cohort> cohorts) implements Prepared {
      public Ready {
        cohorts = List.copyOf(cohorts);
      }
    }

    record Refused(RefusalView refusal) implements Prepared {}
  }

  /** The newest sealed versions of all resources of a plan; empty while one has none here. */
  Optional<Sources> sources(CheckedPlan plan) {
    var versions = new HashMap<ResourceId, DataVersion>();
    var byLineage = new HashMap<LineageId, Long>();
    var byTable = new HashMap<String, Long>();
    for (ProductTerms product : plan.products()) {
      var version = records.newest(product.resourceId());
      if (version.isEmpty()) {
        return Optional.empty();
      }
      if (versions.put(product.resourceId(), version.get()) == null) {
        byLineage.merge(product.lineageId(), version.get().number(), Long::sum);
      }
      byTable.put(product.tableName(), version.get().number());
    }
    return Optional.of(new Sources(versions, byLineage, byTable));
  }

  Prepared prepare(
      QueryId query, Permit permit, CheckedPlan plan, Sources sources, BooleanSupplier stopped) {
    var bindings = bindings(sources);
    var statements = plan.statements(engine.dialect());
    return switch (plan) {
      case DpPlan dp ->
          new Prepared.Ready(
              json(
                  dp,
                  new AnswerAssembler(dp, noise)
                      .assemble((statement, row) ->
                          engine.each(
                              permit,
                              query,
                              dp,
                              statements.get(statement),
                              bindings,
                              stopped,
                              row)),
                  sources),
              List.of());
      case ExactPlan exactPlan -> {
        var raw =
            statements.stream()
                .map(
                    statement -> engine.run(permit, query, exactPlan, statement, bindings, stopped))
                .toList();
        yield exact.prepare(exactPlan, raw, sources);
      }
    };
  }

  /**
   * Holds an exact answer against itself and earlier ones; a dp answer has no cohorts and differs
   * from nothing.
   *
   * @param earlier of the party over the cohort's lineage, oldest first
   */
  Optional<RefusalView> compare(
      QueryJob job,
      Assessment.Cleared cleared,
      Sources sources,
      List<SpendRequest.Cohort> cohorts,
      List<ReleasedCohort> earlier,
      BooleanSupplier stopped) {
    if (cleared.plan() instanceof ExactPlan plan && !cohorts.isEmpty()) {
      var ask =
          new ExactAnswering.Ask(job.id(), cleared.permit(), plan, bindings(sources), stopped);
      return exact.compare(ask, cohorts.getFirst(), earlier);
    }
    return Optional.empty();
  }

  private Bindings bindings(Sources sources) {
    Map<ResourceId, Long> numbers =
        sources.versions().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().number()));
    return new Bindings(numbers, selectionKey.reveal());
  }

  static String json(CheckedPlan plan, Answer answer, Sources sources) {
    var view =
        new AnswerView(
            answer.columns().stream().map(Assessor::column).toList(),
            answer.rows().stream().map(AnswerRow::cells).map(Answering::cells).toList(),
            plan instanceof DpPlan dp ? Optional.of(dp.protectedUnit()) : Optional.empty(),
            plan instanceof DpPlan dp && dp.boundsDependOnData(),
            plan.products().stream().anyMatch(ProductTerms::synthetic),
            answer.groupsWithheld(),
            sources.byTable());
    try {
      return JSON.writeValueAsString(view);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("answers can always be written", e);
    }
  }

  static AnswerView parse(String answer) {
    try {
      return JSON.readValue(answer, AnswerView.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored answer cannot be read", e);
    }
  }

  private static List<AnswerView.Cell> cells(List<Cell> cells) {
    return cells.stream()
        .map(cell ->
            switch (cell) {
              case Cell.Text text -> AnswerView.Cell.ofText(text.value());
              case Cell.Null none -> AnswerView.Cell.ofNull();
              case Cell.Number number ->
                  AnswerView.Cell.ofNumber(number.value(), number.interval());
              case Cell.Quantile quantile ->
                  AnswerView.Cell.ofQuantile(
                      quantile.value(), quantile.interval(), quantile.rankHalfWidth());
              case Cell.Suppressed hidden -> AnswerView.Cell.ofSuppressed();
            })
        .toList();
  }
}
