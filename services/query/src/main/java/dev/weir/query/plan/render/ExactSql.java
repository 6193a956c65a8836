package dev.weir.query.plan.render;

import dev.weir.query.plan.EngineDialect;
import dev.weir.query.plan.EngineStatement;
import dev.weir.query.plan.ExactPlan;
import dev.weir.query.plan.expr.Exprs;
import dev.weir.query.plan.measure.Granular;
import dev.weir.query.plan.policy.JoinCheck;
import dev.weir.query.plan.question.Alternatives;
import dev.weir.query.plan.question.ExactMeasures;
import dev.weir.query.plan.question.Measure;
import dev.weir.query.plan.question.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Statements of an exact plan. The first returns a row per group: keys; the number of records; and
 * per measure five numbers: records that pass its filter, of these the ones that are not null, two
 * values of the function, and, for a quantile of the plan's {@code onlyShared}, whether at least
 * the minimum group of records has each of the two; otherwise 1. The second returns the number of
 * records there are; the third, per group and way of the plan, of those that meet a condition in no
 * other.
 */
public final class ExactSql {
  /** Groups beyond which an exact answer is refused; one more is fetched to tell. */
  public static final int MAX_GROUPS = 100_000;

  /** Statistics per measure. */
  public static final int PER_MEASURE = 5;

  private final ExactPlan plan;
  private final Question question;
  private final ExprSql exprs;
  private final GranularSql granulars;

  public ExactSql(ExactPlan plan, EngineDialect dialect) {
    this.plan = plan;
    this.question = plan.question();
    this.exprs = FromSql.exprs(question, dialect);
    this.granulars = new GranularSql(exprs);
  }

  public List<EngineStatement> statements() {
    return plan.ways().isEmpty()
        ? List.of(groups(), universe())
        : List.of(groups(), universe(), ways());
  }

  private EngineStatement groups() {
    int keys = question.keys().size();
    var inner = new ArrayList<Fragment>();
    for (int i = 0; i < keys; i++) {
      inner.add(Fragment.format("{} AS k" + i, exprs.of(question.keys().get(i))));
    }
    var shown = new ArrayList<String>();
    for (int i = 0; i < keys; i++) {
      // Once per group: as text every record's key would be written out first.
      shown.add(exprs.textOf(question.keys().get(i).type()).replace("{}", "k" + i));
    }
    shown.add(text("count(*)"));
    for (int i = 0; i < question.measures().size(); i++) {
      Measure measure = question.measures().get(i);
      if (measure.function() != Measure.Function.COUNT_ROWS) {
        inner.add(Fragment.format("{} AS v" + i, argument(measure)));
      }
      if (!measure.filter().equals(Exprs.TRUE)) {
        inner.add(Fragment.format("coalesce({}, FALSE) AS f" + i, exprs.of(measure.filter())));
      }
      shown.addAll(statistics(measure, i));
    }
    if (inner.isEmpty()) {
      inner.add(Fragment.of("1 AS one"));
    }
    Fragment sql =
        Fragment.format(
            "SELECT " + String.join(", ", shown) + " FROM (SELECT {} {}) b" + grouping(keys),
            Fragment.join(", ", inner),
            new FromSql(question, exprs).records(List.of()));
    return new EngineStatement(
        sql.sql(), sql.parameters(), keys, 1 + PER_MEASURE * question.measures().size());
  }

  private EngineStatement universe() {
    var facts = JoinCheck.facts(question);
    Fragment sql =
        Fragment.format(
            "SELECT " + text("count(*)") + " FROM " + FromSql.table(facts, "t0") + " WHERE {}",
            FromSql.version("t0", facts));
    return new EngineStatement(sql.sql(), sql.parameters(), 0, 1);
  }

  private EngineStatement ways() {
    int keys = question.keys().size();
    var inner = new ArrayList<Fragment>();
    var shown = new ArrayList<String>();
    for (int i = 0; i < keys; i++) {
      inner.add(Fragment.format("{} AS k" + i, exprs.of(question.keys().get(i))));
      shown.add(exprs.textOf(question.keys().get(i).type()).replace("{}", "k" + i));
    }
    for (int i = 0; i < plan.ways().size(); i++) {
      Alternatives.Way way = plan.ways().get(i);
      inner.add(
          Fragment.format(
              "(coalesce({}, FALSE) AND NOT coalesce({}, FALSE)) AS w" + i,
              exprs.of(way.condition()),
              exprs.of(way.without())));
      shown.add(text("count(*) FILTER (WHERE w" + i + ")"));
    }
    Fragment sql =
        Fragment.format(
            "SELECT " + String.join(", ", shown) + " FROM (SELECT {} {}) b" + grouping(keys),
            Fragment.join(", ", inner),
            new FromSql(question, exprs).records(List.of()));
    return new EngineStatement(sql.sql(), sql.parameters(), keys, plan.ways().size());
  }

  private static String grouping(int keys) {
    return keys == 0
        ? ""
        : " GROUP BY "
            + IntStream.range(0, keys).mapToObj(i -> "k" + i).collect(Collectors.joining(", "))
            + " LIMIT "
            + (MAX_GROUPS + 1);
  }

  private Fragment argument(Measure measure) {
    return switch (measure.function()) {
      case COUNT_ROWS -> throw new IllegalStateException("records have no argument");
      case COUNT -> exprs.of(measure.argument());
      case COUNT_DISTINCT -> exprs.text(measure.argument());
      case SUM, AVERAGE, QUANTILE_CONTINUOUS, QUANTILE_DISCRETE, MINIMUM, MAXIMUM ->
          granulars.of(granular(measure));
    };
  }

  private Granular granular(Measure measure) {
    return ExactMeasures.granular(question, measure);
  }

  private List<String> statistics(Measure measure, int i) {
    // Engines compute an aggregate once however often it occurs, so plain ones are left plain.
    String filter = measure.filter().equals(Exprs.TRUE) ? "" : " FILTER (WHERE f" + i + ")";
    boolean rows = measure.function() == Measure.Function.COUNT_ROWS;
    String value = "v" + i;
    String present = (rows ? "count(*)" : "count(" + value + ")") + filter;
    List<String> values =
        switch (measure.function()) {
          case COUNT_ROWS, COUNT -> one("0");
          case COUNT_DISTINCT -> one("count(DISTINCT " + value + ")" + filter);
          case SUM, AVERAGE -> one("sum(" + value + ")" + filter);
          case MINIMUM -> one("min(" + value + ")" + filter);
          case MAXIMUM -> one("max(" + value + ")" + filter);
          case QUANTILE_CONTINUOUS, QUANTILE_DISCRETE ->
              quantile(measure, i, sorted(value, filter), present);
        };
    return Stream.concat(Stream.of("count(*)" + filter, present), values.stream())
        .map(this::text)
        .toList();
  }

  private static List<String> one(String value) {
    return List.of(value, "0", "1");
  }

  /** The ordered values at the ranks around the fraction. */
  private List<String> quantile(Measure measure, int i, String sorted, String present) {
    var fraction = ExactMeasures.fraction(measure);
    long a = fraction.getFirst();
    long b = fraction.getLast();
    String div = exprs.duck() ? "(%s) // %d" : "(%s) / %d";
    if (measure.function() == Measure.Function.QUANTILE_DISCRETE) {
      String rank = div.formatted(present + " * " + a + " + " + (b - 1), b);
      String element = sorted + "[CAST(greatest(1, " + rank + ") AS INTEGER)]";
      return List.of(element, element, shared(i, sorted, List.of(element)));
    }
    String last = "greatest(0, " + present + " - 1)";
    String lower = div.formatted(last + " * " + a, b);
    String upper = div.formatted(last + " * " + a + " + " + (b - 1), b);
    String low = sorted + "[CAST(1 + " + lower + " AS INTEGER)]";
    String high = sorted + "[CAST(1 + " + upper + " AS INTEGER)]";
    return List.of(low, high, shared(i, sorted, List.of(low, high)));
  }

  /** Equal values stand together, so the first and the one a minimum group further are the same. */
  private String shared(int i, String sorted, List<String> elements) {
    if (!plan.onlyShared().contains(i)) {
      return "1";
    }
    int further = Math.max(1, plan.minGroup()) - 1;
    String every =
        elements.stream()
            .map(element ->
                "%s[CAST(array_position(%s, %s) + %d AS INTEGER)] = %s"
                    .formatted(sorted, sorted, element, further, element))
            .collect(Collectors.joining(" AND "));
    return "CASE WHEN " + every + " THEN 1 ELSE 0 END";
  }

  private static String sorted(String value, String filter) {
    return "(array_agg(" + value + " ORDER BY " + value + ")" + filterPresent(filter, value) + ")";
  }

  private static String filterPresent(String filter, String value) {
    return filter.isEmpty()
        ? " FILTER (WHERE " + value + " IS NOT NULL)"
        : filter.substring(0, filter.length() - 1) + " AND " + value + " IS NOT NULL)";
  }

  private String text(String number) {
    return "CAST(coalesce(" + number + ", 0) AS " + (exprs.duck() ? "VARCHAR" : "TEXT") + ")";
  }
}
