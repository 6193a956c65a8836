package dev.weir.query.plan.render;

import dev.weir.query.plan.EngineStatement;
import dev.weir.query.plan.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Counts the records of every combination of cohorts of two answers over the same resource. */
public final class OverlaySql {
  /** Combinations beyond which two answers are not compared. */
  public static final int MAX_CELLS = 1_000_000;

  private OverlaySql() {}

  /**
   * Keys: those of {@code a}, then of {@code b}. Statistics: 0 or 1 per family of {@code a}, then
   * of {@code b}, then the number of records.
   */
  public static EngineStatement of(Cohorts a, Cohorts b) {
    var columns = new ArrayList<Fragment>();
    for (Cohorts side : List.of(a, b)) {
      for (Fragment key : side.keys()) {
        columns.add(
            Fragment.format(
                "CASE WHEN {} THEN {} END AS x" + columns.size(), side.membership(), key));
      }
    }
    int keys = columns.size();
    for (Cohorts side : List.of(a, b)) {
      for (Cohorts.Family family : side.families()) {
        columns.add(
            Fragment.format(
                "CASE WHEN {} AND {} THEN 1 ELSE 0 END AS x" + columns.size(),
                side.membership(),
                family.condition()));
      }
    }
    var joins = new ArrayList<>(a.joins());
    b.joins().stream().filter(j -> a.join(j.alias()).isEmpty()).forEach(joins::add);
    Fragment records =
        Fragment.format(
            "SELECT {} FROM \""
                + EngineTables.table(a.facts())
                + "\" "
                + Cohorts.FACTS_ALIAS
                + (joins.isEmpty() ? "{}" : " {}")
                + " WHERE {}",
            Fragment.join(", ", columns),
            Fragment.join(" ", joins.stream().map(Cohorts.Join::clause).toList()),
            Fragment.bound(
                Cohorts.FACTS_ALIAS + ".\"" + EngineTables.VERSION + "\" = CAST(? AS BIGINT)",
                new Parameter.DataVersion(a.facts())));
    String names =
        IntStream.range(0, columns.size()).mapToObj(i -> "x" + i).collect(Collectors.joining(", "));
    Fragment sql =
        Fragment.format(
            "SELECT "
                + names
                + ", count(*) FROM ({}) b GROUP BY "
                + names
                + " LIMIT "
                + (MAX_CELLS + 1),
            records);
    return new EngineStatement(sql.sql(), sql.parameters(), keys, columns.size() - keys + 1);
  }
}
