package dev.weir.query.plan.dp;

import dev.weir.kernel.LineageId;
import dev.weir.policy.product.MeasureBounds;
import dev.weir.policy.product.ProductColumn;
import dev.weir.policy.product.ProductKind;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.ColumnUse;
import dev.weir.query.plan.Cost;
import dev.weir.query.plan.DpPlan;
import dev.weir.query.plan.PlanParameters;
import dev.weir.query.plan.PlanRule;
import dev.weir.query.plan.RefusedException;
import dev.weir.query.plan.Statistic;
import dev.weir.query.plan.dp.Groups.Selection;
import dev.weir.query.plan.expr.Children;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.question.Measure;
import dev.weir.query.plan.question.Question;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Plans a question over dp products: groups, statistics, noise, cost. Reads no data. */
public final class DpPlanner {
  private static final double PICO = 1e12;
  private final Question question;
  private final PlanParameters parameters;
  private final Contributions contributions;

  public DpPlanner(Question question, PlanParameters parameters, Contributions contributions) {
    this.question = question;
    this.parameters = parameters;
    this.contributions = contributions;
  }

  /**
   * @param sha256 digest of a canonical text
   */
  public DpPlan plan(List<ColumnUse> uses, UnaryOperator<String> sha256) {
    List<List<String>> domains = new KeyDomains(this::offered).of(question);
    boolean selecting = domains.stream().anyMatch(List::isEmpty);
    long cells = selecting ? Long.MAX_VALUE : new Groups(domains, new Selection.Declared()).cells();
    var sensitivity = new Sensitivity(contributions, Math.max(1, cells));
    var measures = new Measures(this::offered);
    List<MeasurePlan> plans = question.measures().stream().map(measures::plan).toList();
    if (!selecting) {
      checkRows(cells, measures.sources());
    }
    boolean suppressing = !question.keys().isEmpty() && (selecting || parameters.minGroup() > 1);
    int count = suppressing || plans.isEmpty() ? measures.records() : -1;
    List<Statistic> statistics =
        new NoisePlan(sensitivity, parameters.minGroup())
            .of(measures.sources(), parameters.accuracy());
    long picoDelta = selecting ? parameters.picoDelta() : 0;
    Selection selection =
        selecting
            ? new Selection.Private(
                Bounds.threshold(
                    statistics.get(count).noise(),
                    sensitivity.groups(),
                    contributions.maxRowsPerGroup(),
                    picoDelta / PICO))
            : new Selection.Declared();
    long nanoRho = statistics.stream().mapToLong(Statistic::nanoRho).sum();
    String text =
        question.canonicalText()
            + "\nnoise "
            + nanoRho
            + " "
            + picoDelta
            + " "
            + parameters.minGroup();
    return new DpPlan(
        question,
        text,
        sha256.apply(text),
        uses,
        new DpOutputs(statistics, plans).of(question),
        contributions,
        new Groups(domains, selection),
        statistics,
        plans,
        count,
        costs(nanoRho, picoDelta),
        parameters.minGroup(),
        boundsDependOnData());
  }

  /** A histogram has a row per group and grid point; whether they fit must not depend on data. */
  private static void checkRows(long cells, List<StatisticSource> sources) {
    for (StatisticSource source : sources) {
      if (source instanceof StatisticSource.Histogram h
          && Math.max(1, cells) * (1L + h.grid().points()) > DpPlan.MAX_DECLARED_ROWS) {
        throw RefusedException.of("PERCENTILE", PlanRule.TOO_MANY_ROWS);
      }
    }
  }

  /** Every lineage with persons or records to protect; public tables are not charged. */
  private List<Cost> costs(long nanoRho, long picoDelta) {
    return question.products().stream()
        .filter(p -> p.kind() == ProductKind.DP)
        .map(ProductTerms::lineageId)
        .distinct()
        .sorted(Comparator.comparing(LineageId::toString))
        .map(lineage -> new Cost(lineage, nanoRho, picoDelta))
        .toList();
  }

  private boolean boundsDependOnData() {
    return question.measures().stream()
        .map(Measure::argument)
        .map(Children::columns)
        .flatMap(Set::stream)
        .anyMatch(c -> offered(c).bounds().map(MeasureBounds::dependsOnData).orElse(false));
  }

  private ProductColumn offered(Col column) {
    return question.products().stream()
        .filter(p -> p.tableName().equals(column.table()))
        .findFirst()
        .flatMap(p -> p.column(column.column()))
        .orElseThrow();
  }
}
