package dev.weir.query.plan.answer;

import dev.weir.query.plan.ExactPlan;
import dev.weir.query.plan.RawRow;
import dev.weir.query.plan.expr.Children;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Exprs;
import dev.weir.query.plan.logic.Prover;
import dev.weir.query.plan.question.Alternatives;
import dev.weir.query.plan.question.ChosenKeys;
import dev.weir.query.plan.question.ExactMeasures;
import dev.weir.query.plan.question.Measure;
import dev.weir.query.plan.question.Presence;
import dev.weir.query.plan.question.Question;
import dev.weir.query.plan.render.ExactSql;
import dev.weir.query.plan.render.Selections;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Decides which groups of an exact result may be shown, and makes the answer of them. A group is
 * withheld when it, its complement, or the records behind one of its measures are fewer than the
 * minimum group, or when a quantile of what may only be aggregated is not the value of as many; and
 * further groups, smallest first, until what is withheld or left out is itself no small group.
 * Counts decide here, which exact products allow.
 *
 * <p>A condition divides records in two, and none is answered like few on either side: otherwise a
 * refusal would tell that there is one. So a WHERE or FILTER that everything passes is treated like
 * one that all but few pass, an argument that COUNT or AVG finds everywhere, though it may be null,
 * like one that few lack, and a value that a key of conditions could take and takes nowhere like
 * one that few have. A group to which a side of an OR brings few records, or none though it could,
 * is withheld: its number would tell whether there is one.
 */
public final class ExactRelease {
  /** What may leave. */
  public sealed interface Outcome {
    /**
     * @param shownKeys the keys of the groups shown, as the engine returned them, for {@link
     *     dev.weir.query.plan.check.ReleasedCohorts}; HAVING may hide some from the answer, which
     *     still tells about them
     */
    record Shown(Answer answer, List<List<Optional<String>>> shownKeys, long universe)
        implements Outcome {
      public Shown {
        shownKeys = List.copyOf(shownKeys);
      }
    }

    /** No group may be shown. */
    record TooSmall() implements Outcome {}

    /** To every group a way of meeting a condition brings too few records. */
    record FewInAWay() implements Outcome {}

    /** More than 100,000 groups. */
    record TooManyGroups() implements Outcome {}
  }

  private ExactRelease() {}

  /**
   * @param raw the rows of every statement of the plan
   */
  public static Outcome decide(ExactPlan plan, List<List<RawRow>> raw) {
    List<RawRow> groups = raw.getFirst();
    long universe = raw.get(1).getFirst().statistics().getFirst().longValueExact();
    if (groups.size() > ExactSql.MAX_GROUPS) {
      return new Outcome.TooManyGroups();
    }
    boolean conditional =
        !plan.question().where().equals(Exprs.TRUE) || lacksChosenValue(plan, groups);
    var outside = new Outside(universe, conditional, plan.minGroup());
    List<RawRow> fewInAWay = fewInAWay(plan, raw);
    var withheld = fewInAWay.stream().map(RawRow::keys).collect(Collectors.toSet());
    if ((!withheld.isEmpty() && withheld.size() == groups.size()) || isAWayRareOverall(plan, raw)) {
      return new Outcome.FewInAWay();
    }
    var shown =
        new ArrayList<>(
            groups.stream()
                .filter(row -> !withheld.contains(row.keys()) && large(plan, row, outside))
                .sorted(bySize())
                .toList());
    long covered = shown.stream().mapToLong(ExactRelease::records).sum();
    while (!shown.isEmpty() && outside.areFewBeside(covered)) {
      covered -= records(shown.removeFirst());
    }
    if (shown.isEmpty()) {
      return new Outcome.TooSmall();
    }
    shown.sort(byKey());
    var cells = new ExactCells(plan.question());
    var answer =
        new Presentation(plan.question())
            .of(
                plan.outputs(),
                shown.stream().map(cells::draft).toList(),
                !plan.question().keys().isEmpty());
    return new Outcome.Shown(answer, shown.stream().map(RawRow::keys).toList(), universe);
  }

  /** Groups to which a way of meeting a condition brings few records, or none though it could. */
  private static List<RawRow> fewInAWay(ExactPlan plan, List<List<RawRow>> raw) {
    if (plan.ways().isEmpty() || plan.minGroup() <= 1) {
      return List.of();
    }
    return raw.get(2).stream()
        .filter(group ->
            IntStream.range(0, plan.ways().size())
                .anyMatch(way -> {
                  long brought = group.statistics().get(way).longValueExact();
                  return brought > 0
                      ? brought < plan.minGroup()
                      : !isRedundant(plan.question(), plan.ways().get(way), group.keys());
                }))
        .toList();
  }

  private static boolean isAWayRareOverall(ExactPlan plan, List<List<RawRow>> raw) {
    return plan.minGroup() > 1
        && IntStream.range(0, plan.ways().size())
            .anyMatch(way ->
                raw.get(2).stream()
                            .mapToLong(group -> group.statistics().get(way).longValueExact())
                            .sum()
                        < plan.minGroup()
                    && !isRedundant(plan.question(), plan.ways().get(way), List.of()));
  }

  private static boolean isRedundant(
      Question question, Alternatives.Way way, List<Optional<String>> key) {
    var selections = new Selections(question, UnaryOperator.identity());
    var group = new ArrayList<Expr>();
    group.add(question.where());
    for (int i = 0; i < key.size(); i++) {
      group.add(Keys.isIn(question.keys().get(i), key.get(i)));
    }
    return new Prover(steps -> {})
        .implies(selections.of(group, way.condition()), selections.of(group, way.without()));
  }

  private static boolean large(ExactPlan plan, RawRow row, Outside outside) {
    int k = plan.minGroup();
    long records = records(row);
    if (records < Math.max(1, k) || outside.areFewBeside(records)) {
      return false;
    }
    for (int i = 0; i < plan.question().measures().size(); i++) {
      Measure measure = plan.question().measures().get(i);
      int at = 1 + i * ExactSql.PER_MEASURE;
      long filtered = row.statistics().get(at).longValueExact();
      long present = row.statistics().get(at + 1).longValueExact();
      boolean filters = !measure.filter().equals(Exprs.TRUE);
      if (filters && (few(filtered, k) || few(records - filtered, k))) {
        return false;
      }
      if (measure.function() != Measure.Function.COUNT_ROWS
          && (few(present, k) || few(filtered - present, k) && countsNulls(plan, measure))) {
        return false;
      }
      if (plan.onlyShared().contains(i)
          && (few(ExactMeasures.aside(measure, present), k)
              || row.statistics().get(at + 4).signum() == 0)) {
        return false;
      }
    }
    return true;
  }

  /** Beside the number of records, it tells how many have no argument. */
  private static boolean countsNulls(ExactPlan plan, Measure measure) {
    boolean counts =
        switch (measure.function()) {
          case COUNT, AVERAGE, COUNT_DISTINCT -> true;
          // Against the sum of one of them it tells which records lack the other.
          case SUM -> Children.columns(measure.argument()).size() > 1;
          case COUNT_ROWS, QUANTILE_CONTINUOUS, QUANTILE_DISCRETE, MINIMUM, MAXIMUM -> false;
        };
    return counts && !Presence.isCertain(plan.question(), measure.argument());
  }

  /** Whether a condition among the keys has, beside the other keys, a value that no record has. */
  private static boolean lacksChosenValue(ExactPlan plan, List<RawRow> groups) {
    var question = plan.question();
    List<Integer> chosen = ChosenKeys.of(question);
    if (chosen.isEmpty()) {
      return false;
    }
    long values = 1;
    for (int key : chosen) {
      OptionalLong possible = ChosenKeys.values(question, question.keys().get(key));
      if (possible.isEmpty()) {
        return true;
      }
      if (Math.multiplyHigh(values, possible.getAsLong()) != 0
          || values * possible.getAsLong() > ExactSql.MAX_GROUPS) {
        return true;
      }
      values *= possible.getAsLong();
    }
    long others =
        groups.stream()
            .map(row ->
                IntStream.range(0, row.keys().size())
                    .filter(key -> !chosen.contains(key))
                    .mapToObj(key -> row.keys().get(key))
                    .toList())
            .distinct()
            .count();
    return groups.size() < Math.multiplyExact(values, others);
  }

  /**
   * The records that an answer leaves out.
   *
   * @param conditional whether a condition may have left them out; otherwise that none are is no
   *     secret
   */
  private record Outside(long universe, boolean conditional, int minGroup) {
    boolean areFewBeside(long covered) {
      long outside = universe - covered;
      return conditional ? few(outside, minGroup) : outside > 0 && few(outside, minGroup);
    }
  }

  /** None or not enough; without a minimum group nothing is too few. */
  private static boolean few(long records, int minGroup) {
    return minGroup > 1 && records < minGroup;
  }

  private static long records(RawRow row) {
    return row.statistics().getFirst().longValueExact();
  }

  private static Comparator<RawRow> bySize() {
    return Comparator.comparing(ExactRelease::records).thenComparing(byKey());
  }

  private static Comparator<RawRow> byKey() {
    return Comparator.comparing(row -> row.keys().toString());
  }
}
