package dev.weir.query.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.weir.kernel.data.ColumnType;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.ProductTerms;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {
  private static final List<ProductTerms> PRODUCTS =
      List.of(
          Products.dp("t")
              .key("k", ColumnType.STRING, "a", "b")
              .measure("m", ColumnType.INTEGER, 0, "0", "10", "1")
              .column("x", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
              .column("r", ColumnType.DOUBLE, ColumnConstraint.PLAINTEXT)
              .column(
                  "secret", ColumnType.STRING, ColumnConstraint.NEVER, ColumnConstraint.PLAINTEXT)
              .column("hidden", ColumnType.STRING)
              .column("joined", ColumnType.STRING, ColumnConstraint.JOIN_KEY_ONLY)
              .column("summed", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT_AFTER_AGGREGATE)
              .column("at", ColumnType.TIMESTAMP, ColumnConstraint.PLAINTEXT)
              .build(),
          Products.exact("d")
              .column("name", ColumnType.STRING, ColumnConstraint.PLAINTEXT)
              .unique("code", ColumnType.STRING, ColumnConstraint.PLAINTEXT)
              .build(),
          Products.dp("o").column("k", ColumnType.STRING, ColumnConstraint.PLAINTEXT).build(),
          Products.exact("e")
              .column("id", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
              .column("delay", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
              .column("flag", ColumnType.BOOLEAN, ColumnConstraint.PLAINTEXT)
              .column("seen", ColumnType.TIMESTAMP, ColumnConstraint.PLAINTEXT)
              .measure("ratio", ColumnType.DOUBLE, 0, "0", "3", "1")
              .column("code", ColumnType.STRING, ColumnConstraint.PLAINTEXT)
              .column("summed", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT_AFTER_AGGREGATE)
              .build(),
          Products.dp("f")
              .measure("delay", ColumnType.INTEGER, 0, "0", "4095", "1")
              .column("seen", ColumnType.TIMESTAMP, ColumnConstraint.PLAINTEXT)
              .build(),
          Products.exact("c")
              .unique("code", ColumnType.STRING, ColumnConstraint.PLAINTEXT_AFTER_JOIN)
              .column("plain", ColumnType.STRING, ColumnConstraint.PLAINTEXT)
              .column("grouped", ColumnType.STRING, ColumnConstraint.PLAINTEXT_AFTER_GROUP_BY)
              .column("compared", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT_AFTER_COMPARE)
              .build());
  private final QueryPlanner planner = new QueryPlanner();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT x FROM t | sql-raw-rows | PROJECT",
        "SELECT * FROM t | sql-select-star | SELECT_STAR",
        "SELECT COUNT(*) FROM (SELECT * FROM t) q | sql-select-star | SELECT_STAR",
        "SELECT COUNT(secret) FROM t | sql-column-never | COLUMN",
        "SELECT COUNT(*) FROM t WHERE secret = 'z' | sql-column-never | COLUMN",
        "SELECT COUNT(*) FILTER (WHERE secret IS NULL) FROM t | sql-column-never | COLUMN",
        "SELECT COUNT(*) FROM t JOIN d ON t.secret = d.code | sql-column-never | COLUMN",
        "SELECT COUNT(*) FROM t GROUP BY secret | sql-column-never | COLUMN",
        "SELECT COUNT(*) FROM t WHERE hidden = 'z' | sql-column-no-grant | COLUMN",
        "SELECT COUNT(*) FROM t WHERE joined = 'z' | sql-column-use | FILTERED",
        "SELECT COUNT(*) FROM t WHERE summed > 3 | sql-column-use | FILTERED",
        "SELECT MAX(m) FROM t | sql-extreme-in-dp | MAX",
        "SELECT MIN(m) FROM t | sql-extreme-in-dp | MIN",
        "SELECT SUM(x) FROM t | sql-bounds-missing | MEASURE",
        "SELECT x, COUNT(*) FROM t GROUP BY x | sql-key-domain-unknown | GROUP_BY",
        "SELECT r, COUNT(*) FROM t GROUP BY r | sql-key-type | GROUP_BY",
        "SELECT COUNT(*) FROM t JOIN d ON t.joined = d.name | sql-join-not-bounded | JOIN",
        "SELECT COUNT(*) FROM t JOIN o ON t.k = o.k | sql-join-not-bounded | JOIN",
        "SELECT COUNT(*) FROM t LEFT JOIN d ON t.joined = d.code | sql-join-shape | LEFT_JOIN",
        "SELECT COUNT(*) FROM t, d | sql-join-shape | JOIN",
        "SELECT COUNT(*) FROM t a JOIN t b ON a.k = b.k | sql-join-shape | JOIN",
        "SELECT SUM(n) FROM (SELECT k, COUNT(*) AS n FROM t GROUP BY k) q | sql-nested-aggregate | AGGREGATE",
        "SELECT SUM(m) + 1 FROM t | sql-after-aggregate | PROJECT",
        "SELECT SUM(m) / COUNT(*) FROM t | sql-node-not-allowed | DIVIDE",
        "SELECT COUNT(*) FROM t WHERE r + 1 > 2 | sql-type-not-allowed | REAL_ARITHMETIC",
        "SELECT COUNT(*) FROM t WHERE CAST(k AS INTEGER) = 1 | sql-type-not-allowed | CAST",
        "SELECT COUNT(*) FROM t WHERE x * x * x > 1 | sql-bounds-too-wide | ARITHMETIC",
        "SELECT COUNT(*) FROM t WHERE RAND() > 0.5 | sql-function-not-allowed | RAND",
        "SELECT COUNT(*) FROM t WHERE error(k) | sql-function-not-allowed | ERROR",
        "SELECT COUNT(*) FROM t WHERE k SIMILAR TO 'a+' | sql-node-not-allowed | SIMILAR",
        "SELECT COUNT(*) FROM t WHERE k LIKE 'a!' ESCAPE '!' | sql-literal-not-allowed | LIKE",
        "SELECT COUNT(*) FROM t WHERE EXISTS (SELECT 1 FROM d) | sql-node-not-allowed | EXISTS",
        "SELECT COUNT(*) FROM t WHERE x = (SELECT 1 FROM d) | sql-node-not-allowed | SCALAR_QUERY",
        "SELECT COUNT(*) FROM t WHERE k IN (SELECT code FROM d) | sql-node-not-allowed | IN",
        "SELECT COUNT(*) OVER () FROM t | sql-node-not-allowed | OVER",
        "SELECT COUNT(*) FROM t UNION ALL SELECT COUNT(*) FROM t | sql-node-not-allowed | UNION",
        "SELECT k, COUNT(*) FROM t GROUP BY CUBE (k) | sql-node-not-allowed | CUBE",
        "SELECT STDDEV_POP(m) FROM t | sql-function-not-allowed | STDDEV_POP",
        "SELECT /*+ fast */ COUNT(*) FROM t | sql-node-not-allowed | HINT",
        "SELECT COUNT(*) FROM t WHERE x = ? | sql-node-not-allowed | DYNAMIC_PARAM",
        "SELECT COUNT(*) FROM t; SELECT COUNT(*) FROM t | sql-one-statement | STATEMENT_LIST",
        "DELETE FROM t | sql-node-not-allowed | DELETE",
        "INSERT INTO t VALUES (1) | sql-node-not-allowed | INSERT",
        "DROP TABLE t | sql-not-parsed | PARSE",
        "SELECT COUNT(* FROM t | sql-not-parsed | PARSE",
        "SELECT SUM(CASE WHEN id = 7 THEN delay ELSE 0 END) FROM e | sql-picks-records | CASE",
        "SELECT AVG(CASE WHEN id = 7 THEN delay ELSE 0 END) FROM e | sql-picks-records | CASE",
        "SELECT SUM(delay + CASE WHEN id = 7 THEN delay ELSE 0 END) FROM e | sql-picks-records | CASE",
        "SELECT MEDIAN(CASE WHEN id = 7 THEN delay ELSE 0 END) FROM e | sql-picks-records | CASE",
        "SELECT MAX(CASE WHEN id = 7 THEN delay ELSE 0 END) FROM e | sql-picks-records | CASE",
        "SELECT COUNT(*) FROM e WHERE 1 + CASE WHEN id = 7 THEN delay ELSE 0 END > 3"
            + " | sql-hidden-choice | CASE",
        "SELECT COUNT(*) FROM e WHERE delay * EXTRACT(DOW FROM seen) = 0 | sql-hidden-choice | COLUMNS",
        "SELECT COUNT(*) FILTER (WHERE delay * EXTRACT(DOW FROM seen) > 9) FROM e | sql-hidden-choice | COLUMNS",
        "SELECT SUM(COALESCE(delay, 0)) FROM e | sql-picks-records | CASE",
        "SELECT SUM(NULLIF(delay, 0)) FROM e | sql-picks-records | CASE",
        "SELECT COUNT(DISTINCT CASE WHEN id = 7 THEN delay ELSE 0 END) FROM e | sql-picks-records | CASE",
        "SELECT COUNT(DISTINCT id = 7 AND delay > 3) FROM e | sql-picks-records | CONDITION",
        "SELECT SUM(v) FROM (SELECT CASE WHEN flag THEN delay ELSE 0 END AS v FROM e) q | sql-picks-records | CASE",
        "SELECT SUM(delay * EXTRACT(DOW FROM seen)) FROM e | sql-picks-records | MULTIPLY",
        "SELECT SUM(ratio * (ratio - 1) * (ratio - 2)) FROM e | sql-picks-records | MULTIPLY",
        "SELECT SUM(delay * CAST(flag AS INTEGER)) FROM e | sql-not-valid | VALIDATION",
        "SELECT SUM(delay * CAST(id = 7 AS BIGINT)) FROM e | sql-not-valid | VALIDATION",
        "SELECT COUNT(*) FROM t JOIN c ON t.k = c.code | sql-join-not-public | JOIN",
        "SELECT COUNT(*) FROM e JOIN c ON e.code = c.code | sql-join-not-public | JOIN",
        "SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY delay), EXTRACT(DAY FROM seen), EXTRACT(HOUR FROM seen) FROM f GROUP BY 2, 3 | sql-too-many-rows | PERCENTILE",
        "SELECT nope FROM t | sql-not-valid | VALIDATION",
        "SELECT COUNT(*) FROM nowhere | sql-not-valid | VALIDATION"
      })
  void whatMayNotRun_isRefusedByRuleAndNode(String sql, String rule, String node) {
    var refusals = refused(sql);
    assertThat(refusals)
        .as(sql)
        .anySatisfy(refusal -> {
          assertThat(refusal.ruleId()).isEqualTo(rule);
          assertThat(refusal.node()).isEqualTo(node);
        });
  }

  @Test
  void aRefusal_namesEveryMissingGrantAndNeverAValue() {
    var refusals = refused("SELECT COUNT(*) FROM t WHERE summed = 4711 AND joined = 'canary-4712'");
    assertThat(refusals)
        .extracting(r -> r.column().orElseThrow())
        .containsExactly("t.joined", "t.summed");
    assertThat(refusals.toString()).contains("PLAINTEXT_AFTER_COMPARE").doesNotContain("471");
  }

  /** Without noise both tell of one record; with noise the count does not. */
  @Test
  void whatTellsOfOneRecord_needsMoreThanAggregation() {
    for (String measure : List.of("MIN(summed)", "MAX(summed)", "COUNT(DISTINCT summed)")) {
      assertThat(refused("SELECT " + measure + " FROM e"))
          .as(measure)
          .singleElement()
          .satisfies(refusal -> {
            assertThat(refusal.ruleId()).isEqualTo("sql-column-use");
            assertThat(refusal.node()).isEqualTo("SHOWN");
          });
    }
    assertThat(
            planner.plan(
                "SELECT COUNT(DISTINCT summed) FROM t",
                PRODUCTS,
                Products.PARTY,
                PlanParameters.spending(1_000, 1)))
        .isInstanceOf(PlanOutcome.Planned.class);
  }

  @Test
  void theExactSideOfAJoin_isPublicInEveryColumnUsedOrRefused() {
    var refusals =
        refused(
            "SELECT c.grouped, COUNT(*) FROM e JOIN c ON e.code = c.code"
                + " WHERE c.compared = 1 AND c.plain = 'a' GROUP BY c.grouped");
    assertThat(refusals)
        .allSatisfy(r -> assertThat(r.ruleId()).isEqualTo("sql-join-not-public"))
        .extracting(r -> r.column().orElseThrow())
        .containsExactly("c.code", "c.compared", "c.grouped");
    assertThat(refusals.getFirst().helpfulGrant().orElseThrow().en()).contains("PLAINTEXT");
  }

  @Test
  void measuresLinearInColumns_mayRunOnExactProducts() {
    for (String sql :
        List.of(
            "SELECT SUM(delay * 2 - id), AVG(-delay) FROM e",
            "SELECT COUNT(CASE WHEN id > 7 THEN 1 END), COUNT(DISTINCT flag) FROM e",
            "SELECT SUM(delay) FILTER (WHERE id > 7) FROM e",
            "SELECT CASE WHEN id > 7 THEN 'a' ELSE 'b' END, SUM(delay) FROM e GROUP BY 1")) {
      assertThat(planner.plan(sql, PRODUCTS, Products.PARTY, PlanParameters.spending(1_000, 1)))
          .as(sql)
          .isInstanceOf(PlanOutcome.Planned.class);
    }
  }

  @Test
  void hostileDepthAndLength_areRefusedBeforeTheyHarm() {
    assertThat(rule("SELECT COUNT(*) FROM t WHERE " + "(".repeat(5000)))
        .isEqualTo("sql-too-complex");
    assertThat(rule("SELECT COUNT(*) FROM t WHERE x = 1" + " ".repeat(17_000)))
        .isEqualTo("sql-text-too-long");
    assertThat(rule("SELECT COUNT(*) FROM t WHERE " + "NOT ".repeat(3000) + "x = 1"))
        .isEqualTo("sql-too-complex");
    var doubling = new StringBuilder("SELECT COUNT(*) FROM ");
    doubling.append("(SELECT x + x AS x FROM ".repeat(14)).append("t");
    doubling.append(") q".repeat(14)).append(" WHERE x > 1");
    assertThat(rule(doubling.toString())).isEqualTo("sql-too-complex");
  }

  /** Each of these takes hours when it is written out in full. */
  @ParameterizedTest
  @ValueSource(ints = {12, 20, 30, 50})
  void whatDoublesAtEveryLevel_isRefusedAtOnce(int levels) {
    planner.warmUp();
    var with = new StringBuilder("WITH c0 AS (SELECT x + x AS x FROM t)");
    for (int i = 1; i < levels; i++) {
      with.append(", c%d AS (SELECT x + x AS x FROM c%d)".formatted(i, i - 1));
    }
    var texts =
        List.of(
            "SELECT COUNT(*) FROM "
                + nested("(SELECT x + x AS x FROM ", "t", ") q", levels)
                + " WHERE x > 1",
            with + " SELECT COUNT(*) FROM c%d WHERE x > 1".formatted(levels - 1),
            where(nested("COALESCE(", "x", ", 1)", levels)),
            where(nested("NULLIF(", "x", ", 1)", levels)),
            where(nested("CASE ", "x", " WHEN 1 THEN 2 WHEN 2 THEN 3 ELSE 1 END", levels)));
    assertTimeout(
        Duration.ofSeconds(10),
        () -> assertThat(texts).allSatisfy(t -> assertThat(rule(t)).isEqualTo("sql-too-complex")));
  }

  private static String where(String value) {
    return "SELECT COUNT(*) FROM t WHERE " + value + " > 1";
  }

  private static String nested(String before, String inner, String after, int levels) {
    return before.repeat(levels) + inner + after.repeat(levels);
  }

  @Test
  void noPartyOtherThanTheNamed_hasANamedGrant() {
    var outcome =
        planner.plan(
            "SELECT COUNT(*) FROM t", PRODUCTS, Products.PROVIDER, PlanParameters.spending(9, 1));
    assertThat(outcome).isInstanceOf(PlanOutcome.Planned.class);
    assertThat(((PlanOutcome.Planned) outcome).plan().columnUses()).isEmpty();
  }

  private String rule(String sql) {
    return refused(sql).getFirst().ruleId();
  }

  private List<Refusal> refused(String sql) {
    var outcome = planner.plan(sql, PRODUCTS, Products.PARTY, PlanParameters.spending(1_000, 1));
    assertThat(outcome).as(sql).isInstanceOf(PlanOutcome.Refused.class);
    return ((PlanOutcome.Refused) outcome).refusals();
  }
}
