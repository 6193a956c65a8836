package dev.weir.query.plan.render;

import dev.weir.query.plan.DpPlan;
import dev.weir.query.plan.EngineDialect;
import dev.weir.query.plan.EngineStatement;
import dev.weir.query.plan.Statistic;
import dev.weir.query.plan.dp.StatisticSource;
import dev.weir.query.plan.dp.StatisticSource.Counted;
import dev.weir.query.plan.dp.StatisticSource.Distinct;
import dev.weir.query.plan.dp.StatisticSource.Histogram;
import dev.weir.query.plan.dp.StatisticSource.Present;
import dev.weir.query.plan.dp.StatisticSource.Rows;
import dev.weir.query.plan.dp.StatisticSource.Summed;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Exprs;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Statements of a dp plan: bounded records, then counts and sums, then histograms. */
public final class DpSql {
  private final DpPlan plan;
  private final ExprSql exprs;
  private final GranularSql granulars;

  public DpSql(DpPlan plan, EngineDialect dialect) {
    this.plan = plan;
    this.exprs = FromSql.exprs(plan.question(), dialect);
    this.granulars = new GranularSql(exprs);
  }

  /** Indexes of the statistics in the first statement; it is left out when there are none. */
  public static List<Integer> scalars(DpPlan plan) {
    return indexes(plan, false);
  }

  /** Indexes of the statistics with a statement of their own, in order; others share theirs. */
  public static List<Integer> histograms(DpPlan plan) {
    return indexes(plan, true).stream().filter(index -> counted(plan, index) == index).toList();
  }

  /** The index among {@link #histograms} whose statement a histogram is read from. */
  public static int counted(DpPlan plan, int histogram) {
    var source = (Histogram) plan.statistics().get(histogram).source();
    return indexes(plan, true).stream()
        .filter(other -> source.countsAs((Histogram) plan.statistics().get(other).source()))
        .findFirst()
        .orElse(histogram);
  }

  private static List<Integer> indexes(DpPlan plan, boolean histogram) {
    return IntStream.range(0, plan.statistics().size())
        .filter(i -> plan.statistics().get(i).histogram() == histogram)
        .boxed()
        .toList();
  }

  public List<EngineStatement> statements() {
    var statements = new ArrayList<EngineStatement>();
    List<Integer> scalars = scalars(plan);
    if (!scalars.isEmpty()) {
      List<StatisticSource> sources =
          scalars.stream().map(plan.statistics()::get).map(Statistic::source).toList();
      String shown =
          IntStream.range(0, sources.size())
              .mapToObj(i -> aggregate(sources.get(i), i))
              .collect(Collectors.joining(", "));
      statements.add(statement(sources, shown, "", sources.size()));
    }
    for (int index : histograms(plan)) {
      statements.add(histogram((Histogram) plan.statistics().get(index).source()));
    }
    return statements;
  }

  private EngineStatement histogram(Histogram source) {
    BigDecimal granule = source.argument().granule();
    var step = source.grid().step().divideToIntegralValue(granule).toBigIntegerExact();
    String bucket = granulars.division("(v0 - (" + source.argument().lower() + "))", step);
    String shown = "CAST(" + bucket + " AS " + text() + "), CAST(count(*) AS " + text() + ")";
    return statement(List.of(source), shown, bucket, 2);
  }

  private EngineStatement statement(
      List<StatisticSource> sources, String shown, String bucket, int statistics) {
    int keys = plan.question().keys().size();
    String keyNames = keyNames("");
    String groups =
        Stream.of(keyNames, bucket).filter(s -> !s.isEmpty()).collect(Collectors.joining(", "));
    String where = bucket.isEmpty() ? "" : " WHERE f0 AND v0 IS NOT NULL";
    Fragment sql =
        Fragment.format(
            "SELECT "
                + (keys == 0 ? "" : shownKeys() + ", ")
                + shown
                + " FROM ({}) b"
                + where
                + (groups.isEmpty() ? "" : " GROUP BY " + groups)
                + "{}",
            bounded(sources),
            declared());
    return new EngineStatement(sql.sql(), sql.parameters(), keys, statistics);
  }

  /** Records are grouped by the keys themselves; only a person's records are chosen by text. */
  private boolean groupsByText() {
    return plan.contributions().personKey().isPresent();
  }

  private String shownKeys() {
    return IntStream.range(0, plan.question().keys().size())
        .mapToObj(i -> shownKey(i, "k" + i))
        .collect(Collectors.joining(", "));
  }

  private String shownKey(int key, String value) {
    return groupsByText()
        ? value
        : exprs.textOf(plan.question().keys().get(key).type()).replace("{}", value);
  }

  /**
   * Keeps the declared groups, so that how many rows there are is at most what was declared,
   * whatever the data. Where persons are bounded, their records in other groups are left out
   * before.
   */
  private Fragment declared() {
    var members =
        groupsByText()
            ? List.<Fragment>of()
            : members(key -> Fragment.of(shownKey(key, "k" + key)));
    return members.isEmpty()
        ? Fragment.of("")
        : Fragment.format(" HAVING {}", Fragment.join(" AND ", members));
  }

  private List<Fragment> members(IntFunction<Fragment> text) {
    var domains = plan.groups().domains();
    return IntStream.range(0, domains.size())
        .filter(key -> !domains.get(key).isEmpty())
        .mapToObj(key ->
            new DomainSql(exprs)
                .member(text.apply(key), plan.question().keys().get(key).type(), domains.get(key)))
        .toList();
  }

  /**
   * The records that count; a person's are cut to the bound by a keyed choice free of data order.
   */
  private Fragment bounded(List<StatisticSource> sources) {
    var unit = plan.contributions();
    if (unit.personKey().isEmpty()) {
      return records(sources, List.of());
    }
    var columns =
        List.of(
            Fragment.format("{} AS p", exprs.text(unit.personKey().orElseThrow())),
            Fragment.of(recordId() + " AS r"));
    String keys = keyNames("");
    String partition = keys.isEmpty() ? "p" : "p, " + keys;
    Fragment ranks =
        Fragment.format(
            "row_number() OVER (PARTITION BY "
                + partition
                + " ORDER BY md5(concat({}, '|', r)), r) AS rn",
            key());
    if (!keys.isEmpty()) {
      String all = keys.replace(", ", ", '|', ");
      ranks =
          Fragment.format(
              "{}, dense_rank() OVER (PARTITION BY p ORDER BY md5(concat({}, '|', p, '|', "
                  + all
                  + ")), "
                  + keys
                  + ") AS gn",
              ranks,
              key());
    }
    return Fragment.format(
        "SELECT * FROM (SELECT a.*, {} FROM ({}) a) c WHERE rn <= "
            + unit.maxRowsPerGroup()
            + (keys.isEmpty() ? "" : " AND gn <= " + unit.maxGroups()),
        ranks,
        records(sources, columns));
  }

  private Fragment records(List<StatisticSource> sources, List<Fragment> further) {
    var columns = new ArrayList<Fragment>();
    for (int i = 0; i < plan.question().keys().size(); i++) {
      Expr key = plan.question().keys().get(i);
      columns.add(Fragment.format("{} AS k" + i, groupsByText() ? exprs.text(key) : exprs.of(key)));
    }
    for (int i = 0; i < sources.size(); i++) {
      StatisticSource source = sources.get(i);
      if (!(source instanceof Rows)) {
        columns.add(Fragment.format("{} AS v" + i, argument(source)));
      }
      if (!source.filter().equals(Exprs.TRUE) || source instanceof Histogram) {
        columns.add(Fragment.format("{} AS f" + i, filter(source)));
      }
    }
    columns.addAll(further);
    if (columns.isEmpty()) {
      columns.add(Fragment.of("1 AS one"));
    }
    return Fragment.format(
        "SELECT {} {}",
        Fragment.join(", ", columns),
        new FromSql(plan.question(), exprs).records(conditions()));
  }

  private Fragment filter(StatisticSource source) {
    return source.filter().equals(Exprs.TRUE)
        ? Fragment.of("TRUE")
        : Fragment.format("coalesce({}, FALSE)", exprs.of(source.filter()));
  }

  private Fragment argument(StatisticSource source) {
    return switch (source) {
      case Rows r -> Fragment.of("1");
      case Present p ->
          Fragment.format("CASE WHEN {} IS NOT NULL THEN 1 END", exprs.of(p.argument()));
      case Distinct d -> exprs.text(d.argument());
      case Counted c -> granulars.of(c.argument());
      case Summed s -> granulars.of(s.argument());
      case Histogram h -> granulars.of(h.argument());
    };
  }

  private String aggregate(StatisticSource source, int index) {
    String filtered = source.filter().equals(Exprs.TRUE) ? "" : " FILTER (WHERE f" + index + ")";
    String value = "v" + index;
    String sql =
        switch (source) {
          case Rows r -> "count(*)" + filtered;
          case Present p -> "count(" + value + ")" + filtered;
          case Counted c -> "count(" + value + ")" + filtered;
          case Distinct d -> "count(DISTINCT " + value + ")" + filtered;
          case Summed s -> "coalesce(sum(" + value + ")" + filtered + ", 0)";
          case Histogram h -> throw new IllegalStateException("a histogram has its own statement");
        };
    return "CAST(" + sql + " AS " + text() + ")";
  }

  /** Only records of groups that can be shown count against a person's bound. */
  private List<Fragment> conditions() {
    var conditions = new ArrayList<Fragment>();
    for (Expr key : plan.question().keys()) {
      conditions.add(Fragment.format("{} IS NOT NULL", exprs.of(key)));
    }
    plan.contributions()
        .personKey()
        .ifPresent(key -> {
          conditions.addAll(members(at -> exprs.text(plan.question().keys().get(at))));
          conditions.add(Fragment.format("{} IS NOT NULL", exprs.of(key)));
        });
    return conditions;
  }

  private String recordId() {
    String template = exprs.duck() ? "lower(hex(%s.\"_id\"))" : "encode(%s.\"_id\", 'hex')";
    return IntStream.range(0, plan.question().products().size())
        .mapToObj(i -> template.formatted("t" + i))
        .collect(Collectors.joining(" || "));
  }

  private Fragment key() {
    return Fragment.bound(
        "CAST(? AS " + text() + ")", new dev.weir.query.plan.Parameter.SelectionKey());
  }

  private String text() {
    return exprs.duck() ? "VARCHAR" : "TEXT";
  }

  private String keyNames(String prefix) {
    return IntStream.range(0, plan.question().keys().size())
        .mapToObj(i -> prefix + "k" + i)
        .collect(Collectors.joining(", "));
  }
}
