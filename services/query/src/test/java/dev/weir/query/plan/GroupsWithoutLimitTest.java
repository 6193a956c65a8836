package dev.weir.query.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.data.ColumnType;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.answer.Answer;
import dev.weir.query.plan.answer.AnswerAssembler;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * 300,000 values that nobody declared are in the data, more than an engine may return rows: no dp
 * question runs into a limit because of them, or looks different.
 */
class GroupsWithoutLimitTest {
  private static final int UNDECLARED = 300_000;
  private static final int ENGINE_ROWS = 200_000;
  private static final int DECLARED = 6_000;
  private static final String MANY = "range(%d) r(i)".formatted(UNDECLARED);
  private static final String FEW = "range(1000) r(i)";
  private static final String SQL = "SELECT k, COUNT(*), MEDIAN(m) FROM t GROUP BY k";
  private static final String COUNTS = "SELECT k, COUNT(*) FROM t GROUP BY k";

  private static final ProductTerms SELECTED =
      Products.dp("t")
          .selectedKey("k", ColumnType.STRING)
          .measure("m", ColumnType.INTEGER, 0, "0", "10", "1")
          .build();

  @Test
  void declaredGroups_areAllThatAnEngineReturns() throws SQLException {
    try (var engine = new Engine()) {
      var plan = planned(declared(), COUNTS);
      engine.load(declared(), MANY, "CAST(i AS VARCHAR)", "i % 11");
      assertThat(engine.run(plan).getFirst()).hasSize(DECLARED);
      engine.load(declared(), FEW, "CAST(i + 1000000 AS VARCHAR)", "i % 11");
      assertThat(engine.run(plan).getFirst()).isEmpty();
      assertThat(assembled(engine, plan).rows()).hasSize(DECLARED);
    }
  }

  /** The control: grouped without the domain, the same data pass the limit. */
  @Test
  void withoutTheDomain_theSameDataPassTheLimit() throws SQLException {
    try (var engine = new Engine()) {
      var statement = planned(declared(), COUNTS).statements(EngineDialect.DUCKDB).getFirst();
      String open = statement.sql().replaceAll(" HAVING .*", "");
      engine.load(declared(), MANY, "CAST(i AS VARCHAR)", "i % 11");
      var parameters =
          statement.parameters().stream()
              .filter(parameter -> !(parameter instanceof Parameter.Text))
              .toList();
      assertThat(engine.run(new EngineStatement(open, parameters, 1, 1)))
          .hasSizeGreaterThan(ENGINE_ROWS);
    }
  }

  @Test
  void selectedGroups_areTakenFromAnyNumberOfRows() throws SQLException {
    try (var engine = new Engine()) {
      var plan = planned(SELECTED, SQL);
      String large = "CASE WHEN i % 2 = 0 THEN 'large' ELSE CAST(i AS VARCHAR) END";
      engine.load(SELECTED, MANY, large, "i % 11");
      var rows = new AtomicLong();
      var many =
          new AnswerAssembler(plan, Engine.withoutNoise())
              .assemble((statement, row) ->
                  engine.each(
                      plan.statements(EngineDialect.DUCKDB).get(statement),
                      each -> {
                        rows.incrementAndGet();
                        row.accept(each);
                      }));
      assertThat(rows)
          .as("the control: a list of rows would pass the limit")
          .hasValueGreaterThan(100_000);
      assertThat(many.rows()).hasSize(1);
      assertThat(many.groupsWithheld()).isFalse();
    }
  }

  /** Which of too many are left out is decided on noisy counts, and said. */
  @Test
  void ofMoreGroupsThanAnAnswerHolds_theLargestAreShown() throws SQLException {
    try (var engine = new Engine()) {
      var plan = planned(SELECTED, "SELECT k, COUNT(*) FROM t GROUP BY k");
      engine.load(
          SELECTED,
          "range(25000) r(i), range(60) s(j) WHERE j < 50 OR i < 7",
          "CAST(i AS VARCHAR)",
          "1");
      var answer = assembled(engine, plan);
      assertThat(answer.rows()).hasSize(20_000);
      assertThat(answer.groupsWithheld()).isTrue();
      assertThat(answer.rows().stream().filter(row -> Engine.text(row.cells().get(1)).equals("60")))
          .hasSize(7);
    }
  }

  private static Answer assembled(Engine engine, DpPlan plan) throws SQLException {
    return new AnswerAssembler(plan, Engine.withoutNoise()).assemble(engine.run(plan));
  }

  private static DpPlan planned(ProductTerms product, String sql) {
    var parameters = PlanParameters.spending(100_000_000, 1);
    var outcome = new QueryPlanner().plan(sql, List.of(product), Products.PARTY, parameters);
    return (DpPlan) ((PlanOutcome.Planned) outcome).plan();
  }

  private static ProductTerms declared() {
    return Products.dp("t")
        .key(
            "k",
            ColumnType.STRING,
            IntStream.range(0, DECLARED).mapToObj(String::valueOf).toArray(String[]::new))
        .measure("m", ColumnType.INTEGER, 0, "0", "10", "1")
        .build();
  }
}
