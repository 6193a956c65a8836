package dev.weir.query.plan.answer;

import dev.weir.query.plan.DpPlan;
import dev.weir.query.plan.RawRow;
import dev.weir.query.plan.dp.StatisticSource.End;
import dev.weir.query.plan.dp.StatisticSource.Histogram;
import dev.weir.query.plan.render.DpSql;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Raw statistics by group. Groups outside the declared domains are not asked for. Confined. */
final class RawTable {
  private final DpPlan plan;
  private final Map<List<String>, Map<Integer, BigInteger>> scalars = new HashMap<>();
  private final Map<Integer, Map<List<String>, TreeMap<Integer, BigInteger>>> histograms =
      new HashMap<>();

  private RawTable(DpPlan plan) {
    this.plan = plan;
  }

  /** Everything an engine returned. */
  static RawTable of(DpPlan plan, AnswerAssembler.Rows rows) {
    var table = new RawTable(plan);
    List<Integer> scalarIndexes = DpSql.scalars(plan);
    if (!scalarIndexes.isEmpty()) {
      rows.each(0, row -> table.scalar(scalarIndexes, table.keys(row), row));
    }
    table.histograms(rows, key -> true);
    return table;
  }

  /** Of groups that are selected privately, the ones that {@code selected} keeps. */
  static RawTable selected(DpPlan plan, AnswerAssembler.Rows rows, SelectedGroups selected) {
    var table = new RawTable(plan);
    List<Integer> indexes = DpSql.scalars(plan);
    int count = indexes.indexOf(plan.countStatistic());
    rows.each(
        0,
        row -> {
          List<String> keys = table.keys(row);
          if (table.declared(keys)) {
            selected
                .offer(keys, row.statistics().get(count))
                .ifPresent(outdone -> table.scalars.remove(outdone));
            if (selected.holds(keys)) {
              table.scalar(indexes, keys, row);
            }
          }
        });
    table.histograms(rows, selected::holds);
    return table;
  }

  private void histograms(AnswerAssembler.Rows rows, Predicate<List<String>> kept) {
    int first = DpSql.scalars(plan).isEmpty() ? 0 : 1;
    List<Integer> indexes = DpSql.histograms(plan);
    for (int i = 0; i < indexes.size(); i++) {
      int statistic = indexes.get(i);
      rows.each(
          first + i,
          row -> {
            List<String> keys = keys(row);
            if (kept.test(keys)) {
              bucket(statistic, keys, row);
            }
          });
    }
  }

  /** Every declared combination. */
  List<List<String>> groups() {
    List<List<String>> groups = List.of(List.of());
    for (List<String> domain : plan.groups().domains()) {
      var longer = new ArrayList<List<String>>();
      for (List<String> group : groups) {
        for (String value : domain) {
          var extended = new ArrayList<>(group);
          extended.add(value);
          longer.add(List.copyOf(extended));
        }
      }
      groups = longer;
    }
    return groups;
  }

  BigInteger value(int statistic, List<String> keys) {
    return scalars.getOrDefault(keys, Map.of()).getOrDefault(statistic, BigInteger.ZERO);
  }

  /**
   * Scaled rank distance of every grid point: 0 where the quantile falls on it. An end of an
   * interval is drawn for a rank further out by what its draw may be off, so that it is on its side
   * of the quantile at 97.5 %; ranks beyond the records belong to the outermost point.
   */
  List<BigInteger> distances(int statistic, List<String> keys) {
    var source = (Histogram) plan.statistics().get(statistic).source();
    TreeMap<Integer, BigInteger> buckets =
        histograms
            .getOrDefault(DpSql.counted(plan, statistic), Map.of())
            .getOrDefault(keys, new TreeMap<>());
    BigInteger a = BigInteger.valueOf(source.numerator());
    BigInteger b = BigInteger.valueOf(source.denominator());
    BigInteger total = buckets.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
    BigInteger out = plan.statistics().get(statistic).halfWidth().add(BigInteger.ONE);
    BigInteger target =
        switch (source.end()) {
          case VALUE -> a.multiply(total);
          case LOWER -> a.multiply(total).subtract(out);
          case UPPER -> a.multiply(total).add(out);
        };
    int last = source.grid().points() - 1;
    var distances = new ArrayList<BigInteger>(source.grid().points());
    BigInteger below = BigInteger.ZERO;
    for (int point = 0; point < source.grid().points(); point++) {
      BigInteger upTo = below.add(buckets.getOrDefault(point, BigInteger.ZERO));
      BigInteger over = b.multiply(below).subtract(target);
      BigInteger under = target.subtract(b.multiply(upTo));
      boolean outermost =
          source.end() == End.LOWER && point == 0 || source.end() == End.UPPER && point == last;
      BigInteger distance = !outermost ? over.max(under) : source.end() == End.LOWER ? under : over;
      distances.add(distance.max(BigInteger.ZERO));
      below = upTo;
    }
    return distances;
  }

  private boolean declared(List<String> keys) {
    for (int i = 0; i < keys.size(); i++) {
      List<String> domain = plan.groups().domains().get(i);
      if (!domain.isEmpty() && !domain.contains(keys.get(i))) {
        return false;
      }
    }
    return true;
  }

  private void scalar(List<Integer> indexes, List<String> keys, RawRow row) {
    var values = scalars.computeIfAbsent(keys, k -> new HashMap<>());
    for (int i = 0; i < indexes.size(); i++) {
      values.merge(indexes.get(i), row.statistics().get(i), BigInteger::add);
    }
  }

  private void bucket(int statistic, List<String> keys, RawRow row) {
    histograms
        .computeIfAbsent(statistic, s -> new HashMap<>())
        .computeIfAbsent(keys, k -> new TreeMap<>())
        .merge(
            row.statistics().getFirst().intValueExact(),
            row.statistics().getLast(),
            BigInteger::add);
  }

  private List<String> keys(RawRow row) {
    var keys = new ArrayList<String>();
    for (int i = 0; i < row.keys().size(); i++) {
      keys.add(Keys.text(plan.question().keys().get(i).type(), row.keys().get(i).orElseThrow()));
    }
    return List.copyOf(keys);
  }
}
