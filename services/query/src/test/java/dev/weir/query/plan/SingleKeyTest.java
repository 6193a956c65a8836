package dev.weir.query.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.data.ColumnType;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.answer.AnswerAssembler;
import dev.weir.query.plan.answer.ExactRelease;
import dev.weir.query.plan.render.Cohorts;
import dev.weir.query.plan.render.OverlaySql;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A key declared unique occurs twice in what was stored; no join multiplies records by it. */
class SingleKeyTest {
  private static final ProductTerms FACTS =
      Products.exact("facts")
          .minGroup(1)
          .column("k", ColumnType.STRING, ColumnConstraint.PLAINTEXT)
          .column("m", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
          .build();
  private static final ProductTerms PLACES =
      Products.exact("places")
          .minGroup(1)
          .unique("name", ColumnType.STRING, ColumnConstraint.PLAINTEXT)
          .key("region", ColumnType.STRING, "x", "y")
          .build();
  private static final ProductTerms LEFT = dp("lefts");
  private static final ProductTerms RIGHT = dp("rights");
  private static final String DOUBLED = "(VALUES ('a', 'x'), ('b', 'y'), ('a', 'y')) v(k, r)";
  private static final String RECORDS = "(VALUES ('a', 1), ('a', 2), ('b', 3)) v(k, m)";
  private final QueryPlanner planner = new QueryPlanner();

  @Test
  void anExactJoin_takesTheFirstRecordOfEachKey() throws SQLException {
    var plan =
        (ExactPlan)
            planned(
                "SELECT p.region, COUNT(*), SUM(f.m) FROM facts f JOIN places p ON p.name = f.k"
                    + " GROUP BY p.region ORDER BY 1",
                FACTS,
                PLACES);
    try (var engine = new Engine()) {
      engine.load(FACTS, RECORDS, "k", "m");
      engine.load(PLACES, DOUBLED, "k", "r");
      var shown = (ExactRelease.Outcome.Shown) ExactRelease.decide(plan, engine.run(plan));
      assertThat(Engine.text(shown.answer())).isEqualTo("x 2 3\ny 1 3");
      var cells =
          engine.run(OverlaySql.of(List.of(Cohorts.of(plan, EngineDialect.DUCKDB))).statement());
      assertThat(
              cells.stream()
                  .map(row -> row.statistics().getLast())
                  .reduce(BigInteger.ZERO, BigInteger::add))
          .isEqualTo(BigInteger.valueOf(3));
    }
  }

  @Test
  void protectedRecordsJoinedWithAPublicTable_countOnce() throws SQLException {
    try (var engine = new Engine()) {
      engine.load(LEFT, RECORDS, "k", "m");
      engine.load(PLACES, DOUBLED, "k", "r");
      var plan =
          planned(
              "SELECT COUNT(*), SUM(l.m) FROM lefts l JOIN places p ON p.name = l.k", LEFT, PLACES);
      assertThat(text(engine, plan)).isEqualTo("3 6");
    }
  }

  /** Otherwise a record that leaves makes room for another, which is two changes and not one. */
  @Test
  void protectedRecordsThatShareAKey_joinNothing() throws SQLException {
    try (var engine = new Engine()) {
      engine.load(LEFT, RECORDS, "k", "m");
      engine.load(RIGHT, "(VALUES ('a', 5), ('b', 7)) v(k, m)", "k", "m");
      var plan =
          planned("SELECT COUNT(*), SUM(l.m) FROM lefts l JOIN rights r ON l.k = r.k", LEFT, RIGHT);
      assertThat(text(engine, plan)).isEqualTo("1 3");
    }
  }

  private static String text(Engine engine, CheckedPlan plan) throws SQLException {
    return Engine.text(
        new AnswerAssembler((DpPlan) plan, Engine.withoutNoise()).assemble(engine.run(plan)));
  }

  private CheckedPlan planned(String sql, ProductTerms... products) {
    var outcome =
        planner.plan(sql, List.of(products), Products.PARTY, PlanParameters.spending(1_000_000, 1));
    assertThat(outcome).as(sql).isInstanceOf(PlanOutcome.Planned.class);
    return ((PlanOutcome.Planned) outcome).plan();
  }

  private static ProductTerms dp(String table) {
    return Products.dp(table)
        .unique("k", ColumnType.STRING, ColumnConstraint.PLAINTEXT)
        .measure("m", ColumnType.INTEGER, 0, "0", "10", "1")
        .build();
  }
}
