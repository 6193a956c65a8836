package dev.weir.query.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.data.ColumnType;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.ProductTerms;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * 2,000 texts from a grammar with hostile parts: each has an outcome and none leads to a secret.
 */
class FuzzTest {
  private static final long SEED = 42;
  private static final int TEXTS = 2000;
  private static final List<String> SCALARS =
      List.of(
          "k",
          "m",
          "at",
          "secret",
          "t.secret",
          "x",
          "1",
          "-1",
          "'canary'",
          "NULL",
          "9223372036854775807",
          "1e300",
          "UPPER(k)",
          "LOWER(secret)",
          "EXTRACT(MONTH FROM at)",
          "FLOOR(at TO DAY)",
          "SUBSTRING(k FROM 1 FOR 2)",
          "CASE WHEN x > 1 THEN 'a' ELSE 'b' END",
          "CAST(k AS INTEGER)",
          "(SELECT MAX(secret) FROM t)",
          "RAND()",
          "x + m",
          "x * x",
          "m / 2",
          "ROW_NUMBER() OVER ()",
          "\"secret\"",
          "COALESCE(secret, k)",
          "k || secret");
  private static final List<String> AGGREGATES =
      List.of(
          "COUNT(*)",
          "COUNT(%s)",
          "COUNT(DISTINCT %s)",
          "SUM(%s)",
          "AVG(%s)",
          "MIN(%s)",
          "MAX(%s)",
          "MEDIAN(%s)",
          "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY %s)",
          "COUNT(*) FILTER (WHERE %s IS NOT NULL)",
          "LISTAGG(%s)",
          "COLLECT(%s)",
          "ANY_VALUE(%s)",
          "%s");
  private static final List<String> SOURCES =
      List.of(
          "t",
          "t AS q",
          "(SELECT * FROM t) t",
          "(SELECT k, m, x, at, secret FROM t) t",
          "t, t u",
          "t JOIN d ON t.k = d.k",
          "t NATURAL JOIN d",
          "t JOIN d USING (k)",
          "read_csv('x')",
          "(VALUES (1)) t(x)",
          "t TABLESAMPLE BERNOULLI (1)",
          "t LEFT JOIN d ON t.secret = d.k");
  private static final List<String> CONDITIONS =
      List.of(
          "%s = %s",
          "%s <> %s",
          "%s > %s",
          "%s IN (%s)",
          "%s IS NULL OR %s IS NULL",
          "%s LIKE %s",
          "NOT (%s <= %s)",
          "%s BETWEEN %s AND 3",
          "EXISTS (SELECT %s FROM t WHERE %s)");
  private final Random random = new Random(SEED);

  @Test
  void noTextLeadsToASecretColumnOrValue() throws SQLException {
    var planner = new QueryPlanner();
    List<ProductTerms> products = List.of(table(), dimension());
    int planned = 0;
    try (var engine = new Engine()) {
      engine.load(
          table(),
          "range(300) r(i)",
          "CASE WHEN i % 2 = 0 THEN 'a' ELSE 'b' END",
          "i % 11",
          "i",
          "TIMESTAMP '2001-01-01 00:00:00' + INTERVAL (i) HOUR",
          "'row-canary-' || i");
      engine.load(dimension(), "(VALUES ('a'), ('b')) v(k)", "k");
      for (int i = 0; i < TEXTS; i++) {
        String sql = text();
        var outcome =
            planner.plan(sql, products, Products.PARTY, PlanParameters.spending(1_000_000, 1));
        if (outcome instanceof PlanOutcome.Planned(CheckedPlan plan)) {
          planned++;
          for (EngineStatement statement : plan.statements(EngineDialect.DUCKDB)) {
            assertThat(statement.sql()).as(sql).doesNotContain("secret").doesNotContain("canary");
            assertThat(engine.run(statement))
                .as(sql)
                .noneMatch(row -> row.keys().toString().contains("row-canary"));
          }
          assertThat(plan.statements(EngineDialect.POSTGRESQL).toString()).doesNotContain("secret");
        }
      }
    }
    assertThat(planned).as("texts planned with seed %d", SEED).isBetween(50, TEXTS - 50);
  }

  private String text() {
    String condition = random.nextBoolean() ? "" : " WHERE " + fill(CONDITIONS);
    String key = random.nextInt(3) == 0 ? pick(SCALARS) : "k";
    boolean grouped = random.nextBoolean();
    return "SELECT "
        + (grouped ? key + ", " : "")
        + fill(AGGREGATES)
        + (random.nextInt(3) == 0 ? ", " + fill(AGGREGATES) : "")
        + " FROM "
        + (random.nextInt(3) > 0 ? "t" : pick(SOURCES))
        + condition
        + (grouped ? " GROUP BY " + key : "")
        + (random.nextInt(8) == 0 ? " HAVING COUNT(*) > 2" : "")
        + (random.nextInt(8) == 0 ? " ORDER BY 1 LIMIT 2" : "")
        + (random.nextInt(30) == 0 ? "; DROP TABLE t" : "");
  }

  private String fill(List<String> templates) {
    String text = pick(templates);
    while (text.contains("%s")) {
      text = text.replaceFirst("%s", java.util.regex.Matcher.quoteReplacement(pick(SCALARS)));
    }
    return text;
  }

  private String pick(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static ProductTerms table() {
    return Products.dp("t")
        .key("k", ColumnType.STRING, "a", "b")
        .measure("m", ColumnType.INTEGER, 0, "0", "10", "1")
        .column("x", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
        .column("at", ColumnType.TIMESTAMP, ColumnConstraint.PLAINTEXT)
        .column("secret", ColumnType.STRING, ColumnConstraint.NEVER)
        .build();
  }

  private static ProductTerms dimension() {
    return Products.exact("d").unique("k", ColumnType.STRING, ColumnConstraint.PLAINTEXT).build();
  }
}
