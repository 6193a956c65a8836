package dev.weir.query.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.data.ColumnType;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.render.EngineTables;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * For random tables and their neighbours (one record, or all records of one person, removed) the
 * statistics of the generated SQL move by no more than declared. A plan whose SQL lost its clamp or
 * its contribution bound is caught.
 */
class SensitivityTest {
  private static final long SEED = 20_010_131L;
  private static final int TABLES = 12;
  private static final String SQL =
      "SELECT k, COUNT(*), SUM(m), COUNT(DISTINCT p), AVG(m * 2 - 1) FROM t GROUP BY k";
  private final QueryPlanner planner = new QueryPlanner();

  @Test
  void statisticsOfNeighbours_stayWithinTheDeclaredSensitivity() throws SQLException {
    for (ProductTerms product : List.of(records(), persons())) {
      assertThat(violations(product, sql -> sql)).as("seed %d", SEED).isZero();
    }
  }

  @Test
  void aLostClamp_isCaught() throws SQLException {
    assertThat(violations(records(), SensitivityTest::unclamped)).isPositive();
  }

  @Test
  void aLostContributionBound_isCaught() throws SQLException {
    assertThat(violations(persons(), sql -> sql.replaceAll("rn <= \\d+ AND gn <= \\d+", "rn > 0")))
        .isPositive();
  }

  /** Widens every clamp to where it no longer clamps. */
  private static String unclamped(String sql) {
    return sql.replace("(10))", "(1000000))").replace("(0))", "(-1000000))");
  }

  private int violations(ProductTerms product, UnaryOperator<String> seededFault)
      throws SQLException {
    var random = new Random(SEED);
    int violations = 0;
    var plan =
        (DpPlan)
            ((PlanOutcome.Planned)
                    planner.plan(
                        SQL,
                        List.of(product),
                        Products.PARTY,
                        PlanParameters.spending(1_000_000, 1)))
                .plan();
    try (var engine = new Engine()) {
      for (int table = 0; table < TABLES; table++) {
        fill(engine, product, random);
        var before = statistics(engine, plan, seededFault);
        String unit = product.contribution().isPresent() ? "c_p" : "hex(_id)";
        List<List<String>> units =
            engine.plain("SELECT DISTINCT " + unit + " u FROM " + name(product) + " ORDER BY u");
        String gone = units.get(random.nextInt(units.size())).getFirst();
        engine.execute("DELETE FROM " + name(product) + " WHERE " + unit + " = '" + gone + "'");
        violations += exceeded(plan, before, statistics(engine, plan, seededFault));
      }
    }
    return violations;
  }

  private static void fill(Engine engine, ProductTerms product, Random random) throws SQLException {
    var rows = new ArrayList<String>();
    for (int i = 0; i < 40; i++) {
      String m = random.nextInt(6) == 0 ? "NULL" : String.valueOf(random.nextInt(2001) - 1000);
      rows.add(
          "('p%d', '%s', %s)".formatted(random.nextInt(5), "abcde".charAt(random.nextInt(5)), m));
    }
    engine.load(
        product,
        "(VALUES " + String.join(", ", rows) + ") v(p, k, m)",
        "p",
        "k",
        "CAST(m AS BIGINT)");
  }

  private static Map<List<String>, List<BigInteger>> statistics(
      Engine engine, DpPlan plan, UnaryOperator<String> seededFault) throws SQLException {
    var statement = plan.statements(EngineDialect.DUCKDB).getFirst();
    var faulty =
        new EngineStatement(
            seededFault.apply(statement.sql()),
            statement.parameters(),
            statement.keys(),
            statement.statistics());
    var found = new HashMap<List<String>, List<BigInteger>>();
    engine
        .run(faulty)
        .forEach(row ->
            found.put(row.keys().stream().map(k -> k.orElse("null")).toList(), row.statistics()));
    return found;
  }

  private static int exceeded(
      DpPlan plan,
      Map<List<String>, List<BigInteger>> before,
      Map<List<String>, List<BigInteger>> after) {
    int exceeded = 0;
    var keys = new HashSet<>(before.keySet());
    keys.addAll(after.keySet());
    for (int i = 0; i < plan.statistics().size(); i++) {
      BigInteger squared = BigInteger.ZERO;
      for (List<String> key : keys) {
        squared = squared.add(value(before, key, i).subtract(value(after, key, i)).pow(2));
      }
      exceeded += squared.compareTo(plan.statistics().get(i).deltaSquared()) > 0 ? 1 : 0;
    }
    return exceeded;
  }

  private static BigInteger value(
      Map<List<String>, List<BigInteger>> table, List<String> key, int index) {
    return table.containsKey(key) ? table.get(key).get(index) : BigInteger.ZERO;
  }

  private static String name(ProductTerms product) {
    return EngineTables.table(product.resourceId());
  }

  private static Products base() {
    return Products.dp("t")
        .column("p", ColumnType.STRING, ColumnConstraint.PLAINTEXT)
        .key("k", ColumnType.STRING, "a", "b", "c", "d")
        .measure("m", ColumnType.INTEGER, 0, "0", "10", "1");
  }

  private static ProductTerms records() {
    return base().build();
  }

  private static ProductTerms persons() {
    return base().person("p", 2, 2).build();
  }
}
