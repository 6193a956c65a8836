package dev.weir.query.plan.answer;

import dev.weir.query.plan.ExactPlan;
import dev.weir.query.plan.RawRow;
import dev.weir.query.plan.expr.Exprs;
import dev.weir.query.plan.question.ExactMeasures;
import dev.weir.query.plan.question.Measure;
import dev.weir.query.plan.render.ExactSql;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Decides which groups of an exact result may be shown, and makes the answer of them. A group is
 * withheld when it, its complement, or the records behind one of its measures are fewer than the
 * minimum group, or when a quantile of what may only be aggregated is not the value of as many; and
 * further groups, smallest first, until what is withheld or left out is itself no small group.
 * Counts decide here, which exact products allow.
 *
 * <p>A condition divides records in two, and none is answered like few on either side: otherwise a
 * refusal would tell that there is one. So a WHERE or FILTER that everything passes is treated like
 * one that all but few pass.
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

    /** More than 100,000 groups. */
    record TooManyGroups() implements Outcome {}
  }

  private ExactRelease() {}

  /**
   * @param raw the rows of both statements of the plan
   */
  public static Outcome decide(ExactPlan plan, List<List<RawRow>> raw) {
    List<RawRow> groups = raw.getFirst();
    long universe = raw.get(1).getFirst().statistics().getFirst().longValueExact();
    if (groups.size() > ExactSql.MAX_GROUPS) {
      return new Outcome.TooManyGroups();
    }
    var shown =
        new ArrayList<>(
            groups.stream().filter(row -> large(plan, row, universe)).sorted(bySize()).toList());
    long covered = shown.stream().mapToLong(ExactRelease::records).sum();
    while (!shown.isEmpty() && leavesFew(plan, universe - covered)) {
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

  private static boolean large(ExactPlan plan, RawRow row, long universe) {
    int k = plan.minGroup();
    long records = records(row);
    if (records < Math.max(1, k) || leavesFew(plan, universe - records)) {
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
          && (few(present, k) || small(filtered - present, k) && countsNulls(measure))) {
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
  private static boolean countsNulls(Measure measure) {
    return measure.function() == Measure.Function.COUNT
        || measure.function() == Measure.Function.AVERAGE;
  }

  /** Whether the records outside are too few; none are, unless a condition made it so. */
  private static boolean leavesFew(ExactPlan plan, long outside) {
    boolean conditional = !plan.question().where().equals(Exprs.TRUE);
    return conditional ? few(outside, plan.minGroup()) : small(outside, plan.minGroup());
  }

  /** None or not enough; without a minimum group nothing is too few. */
  private static boolean few(long records, int minGroup) {
    return minGroup > 1 && records < minGroup;
  }

  private static long records(RawRow row) {
    return row.statistics().getFirst().longValueExact();
  }

  private static boolean small(long records, int minGroup) {
    return records > 0 && records < minGroup;
  }

  private static Comparator<RawRow> bySize() {
    return Comparator.comparing(ExactRelease::records).thenComparing(byKey());
  }

  private static Comparator<RawRow> byKey() {
    return Comparator.comparing(row -> row.keys().toString());
  }
}
