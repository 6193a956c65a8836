package dev.weir.query.job;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.QueryId;
import dev.weir.policy.usage.Permit;
import dev.weir.query.engine.SqlEngine;
import dev.weir.query.plan.Bindings;
import dev.weir.query.plan.ExactPlan;
import dev.weir.query.plan.RawRow;
import dev.weir.query.plan.answer.ExactRelease;
import dev.weir.query.plan.check.CohortCheck;
import dev.weir.query.plan.check.ReleasedCohorts;
import dev.weir.query.plan.check.Verdict;
import dev.weir.runtime.ledger.ReleasedCohort;
import dev.weir.runtime.ledger.SpendRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * What is special about exact products: minimum groups on every row and its complement, and no
 * answers to one party that together tell a small group apart. Every earlier answer is laid over
 * the present data version, whichever version it was given for. Thread-safe.
 */
final class ExactAnswering {
  /** A party with more is asked to sign for a dp product. */
  static final int MAX_EARLIER_ANSWERS = 200;

  /**
   * Refusals of exact questions that depend on the records, under one contract. Whoever asks the
   * same thing with ever other conditions learns about one bit from each.
   */
  static final int MAX_TELLING_REFUSALS = 100;

  static final List<String> TELLING_RULES = List.of("min-group", "differencing", "max-groups");

  private static final int MAX_DESCRIPTOR_CHARACTERS = 60_000;

  private static final Bilingual SMALL =
      new Bilingual(
          "没有任何分组（连同其补集）达到合约约定的最小分组。",
          "No group reaches the contract's minimum group together with its complement.");
  private static final Bilingual WAY =
      new Bilingual(
          "条件中 OR 的某一支单独带来的记录少于最小分组。",
          "One side of an OR brings in fewer records than the minimum group.");
  private static final Bilingual MANY =
      new Bilingual("分组过多，请缩小查询范围。", "The answer has too many groups; ask for fewer.");
  private static final Bilingual CLOSE =
      new Bilingual(
          "与您先前得到的结果相比，可能分辨出小于最小分组的记录；若一个条件包含于另一个，请把较宽的条件也写明。",
          "Beside the answers you already have, it could tell fewer records apart than the minimum"
              + " group; where one condition lies within another, name the wider one too.");
  private static final Bilingual EARLIER =
      new Bilingual("对该数据的精确查询已达上限。", "The number of exact answers over these data is used up.");

  private static final Bilingual TANGLED =
      new Bilingual(
          "与您先前得到的结果交织过多，无法审查；请提出更简单或分组更少的查询。",
          "Beside the answers you already have, it cannot be audited; ask for fewer groups or"
              + " conditions.");

  private final SqlEngine engine;
  private final CohortCheck check;

  ExactAnswering(SqlEngine engine, CohortCheck check) {
    this.engine = engine;
    this.check = check;
  }

  Answering.Prepared prepare(ExactPlan plan, List<List<RawRow>> raw, Sources sources) {
    return switch (ExactRelease.decide(plan, raw)) {
      case ExactRelease.Outcome.TooSmall small -> refused("min-group", SMALL);
      case ExactRelease.Outcome.FewInAWay few -> refused("min-group", WAY);
      case ExactRelease.Outcome.TooManyGroups many -> refused("max-groups", MANY);
      case ExactRelease.Outcome.Shown shown -> {
        var told = CohortJson.Told.of(plan, shown, sources);
        String descriptor = CohortJson.write(told);
        if (descriptor.length() > MAX_DESCRIPTOR_CHARACTERS) {
          yield refused("max-groups", MANY);
        }
        LineageId lineage = lineage(plan, told.in(engine.dialect()));
        var cohort =
            new SpendRequest.Cohort(
                lineage,
                sources.byLineage().getOrDefault(lineage, 0L),
                shown.universe(),
                descriptor);
        yield new Answering.Prepared.Ready(
            Answering.json(plan, shown.answer(), sources), List.of(cohort));
      }
    };
  }

  /** What stays the same for all comparisons of one query. */
  record Ask(
      QueryId query, Permit permit, ExactPlan plan, Bindings bindings, BooleanSupplier stopped) {}

  /**
   * Holds an answer against itself and all earlier ones; costs a scan.
   *
   * @return the refusal, when it stands too close to them
   */
  Optional<RefusalView> compare(Ask ask, SpendRequest.Cohort cohort, List<ReleasedCohort> earlier) {
    if (earlier.size() >= MAX_EARLIER_ANSWERS) {
      return Optional.of(RefusalView.of(ProblemType.QUOTA_EXHAUSTED, "max-exact-answers", EARLIER));
    }
    var mine = CohortJson.read(cohort.descriptor());
    var byPresence =
        earlier.stream()
            .map(other -> CohortJson.read(other.descriptor()))
            .collect(Collectors.partitioningBy(told -> told.version() == mine.version()));
    var before =
        new CohortCheck.Earlier(
            released(byPresence.getOrDefault(true, List.of())),
            released(byPresence.getOrDefault(false, List.of())));
    Verdict verdict =
        check.verdict(
            mine.in(engine.dialect()),
            before,
            ask.plan().minGroup(),
            statement ->
                engine.run(
                    ask.permit(),
                    ask.query(),
                    ask.plan(),
                    statement,
                    ask.bindings(),
                    ask.stopped()));
    return switch (verdict) {
      case SAFE -> Optional.empty();
      case TOO_CLOSE, INCOMPARABLE -> differencing(CLOSE);
      case TOO_MANY -> differencing(TANGLED);
    };
  }

  private List<ReleasedCohorts> released(List<CohortJson.Told> told) {
    return told.stream().map(each -> each.in(engine.dialect())).toList();
  }

  private static Optional<RefusalView> differencing(Bilingual text) {
    return Optional.of(RefusalView.of(ProblemType.GROUP_TOO_SMALL, "differencing", text));
  }

  private static LineageId lineage(ExactPlan plan, ReleasedCohorts released) {
    return plan.products().stream()
        .filter(product -> product.resourceId().equals(released.cohorts().facts()))
        .findFirst()
        .orElseThrow()
        .lineageId();
  }

  private static Answering.Prepared refused(String rule, Bilingual text) {
    return new Answering.Prepared.Refused(RefusalView.of(ProblemType.GROUP_TOO_SMALL, rule, text));
  }
}
