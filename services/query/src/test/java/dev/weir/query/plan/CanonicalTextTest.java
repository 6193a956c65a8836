package dev.weir.query.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.data.ColumnType;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.ProductTerms;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CanonicalTextTest {
  private static final List<ProductTerms> PRODUCTS =
      List.of(
          Products.exact("t")
              .column("a", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
              .column("b", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
              .column("s", ColumnType.STRING, ColumnConstraint.PLAINTEXT)
              .build(),
          Products.exact("u").unique("k", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT).build());
  private final QueryPlanner planner = new QueryPlanner();

  @Test
  void rewritesThatMeanTheSame_haveOneHash() {
    Set<String> hashes = new HashSet<>();
    for (String sql :
        List.of(
            "SELECT s, COUNT(*) FROM t WHERE a > 1 AND b = 2 GROUP BY s",
            "select S as zone, count(*) n from T x where x.B = 2 and x.A > 1 group by s",
            "SELECT s, COUNT(*) FROM t WHERE ((b = 2)) AND (1 < a) GROUP BY 1",
            "SELECT s, COUNT(*) FROM t WHERE NOT (a <= 1 OR b <> 2) GROUP BY s",
            "SELECT s, COUNT(1) FROM (SELECT s, a FROM t WHERE b IN (2)) y WHERE a > 1 GROUP BY s",
            "WITH c AS (SELECT s AS z, a AS q, b AS r FROM t) SELECT z, COUNT(*) FROM c WHERE q > 1 AND r = 2 AND q > 1 GROUP BY z",
            "SELECT s, COUNT(*) FROM t WHERE a > 1 AND b = 2 AND 1 = 1 GROUP BY s -- note",
            "SELECT s, COUNT(*) FROM t WHERE a > 1.0 AND (b = 2) IS TRUE GROUP BY s")) {
      hashes.add(hash(sql));
    }
    assertThat(hashes).hasSize(1);
  }

  @Test
  void joinsWrittenDifferently_haveOneHash() {
    assertThat(hash("SELECT COUNT(*) FROM t JOIN u ON t.a = u.k WHERE b > 0"))
        .isEqualTo(hash("SELECT COUNT(*) FROM u y, t x WHERE x.b > 0 AND y.k = x.a"))
        .isEqualTo(hash("SELECT COUNT(*) FROM t INNER JOIN u ON k = a AND b > 0"));
  }

  @Test
  void differentQuestions_haveDifferentHashes() {
    List<String> texts =
        List.of(
            "SELECT COUNT(*) FROM t",
            "SELECT COUNT(a) FROM t",
            "SELECT COUNT(DISTINCT a) FROM t",
            "SELECT SUM(a) FROM t",
            "SELECT SUM(a) FROM t WHERE a > 1",
            "SELECT SUM(a) FROM t WHERE a >= 1",
            "SELECT SUM(a) FILTER (WHERE a > 1) FROM t",
            "SELECT SUM(a + b) FROM t",
            "SELECT SUM(a - b) FROM t",
            "SELECT SUM(b - a) FROM t",
            "SELECT COUNT(*) FROM t WHERE s = 'x'",
            "SELECT COUNT(*) FROM t WHERE s = 'X'",
            "SELECT COUNT(*) FROM t WHERE s = 'x' OR s IS NULL",
            "SELECT COUNT(*) FROM t WHERE a = 1 AND (b = 1 OR s = 'x')",
            "SELECT COUNT(*) FROM t WHERE (a = 1 AND b = 1) OR s = 'x'",
            "SELECT s, COUNT(*) FROM t GROUP BY s",
            "SELECT COUNT(*), s FROM t GROUP BY s",
            "SELECT s, COUNT(*) FROM t GROUP BY s LIMIT 1",
            "SELECT s, COUNT(*) FROM t GROUP BY s ORDER BY 2",
            "SELECT s, COUNT(*) FROM t GROUP BY s ORDER BY 2 DESC",
            "SELECT s, COUNT(*) FROM t GROUP BY s HAVING COUNT(*) > 5");
    assertThat(texts.stream().map(this::hash).distinct()).hasSameSizeAs(texts);
  }

  private String hash(String sql) {
    var outcome = planner.plan(sql, PRODUCTS, Products.PARTY, PlanParameters.spending(1_000, 1));
    assertThat(outcome).as(sql).isInstanceOf(PlanOutcome.Planned.class);
    return ((PlanOutcome.Planned) outcome).plan().canonicalSha256();
  }
}
