package dev.weir.query.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.data.ColumnType;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.answer.ExactRelease;
import dev.weir.query.plan.check.DifferencingCheck;
import dev.weir.query.plan.check.ReleasedCohorts;
import dev.weir.query.plan.check.Verdict;
import dev.weir.query.plan.render.Cohorts;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 1,000 records; i counts them, g has ten groups of 100. Minimum group 50. */
class DifferencingTest {
  private static final ProductTerms PRODUCT =
      Products.exact("t")
          .column("i", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
          .column("g", ColumnType.INTEGER, ColumnConstraint.PLAINTEXT)
          .build();
  private final QueryPlanner planner = new QueryPlanner();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT SUM(i) FROM t | SELECT SUM(i) FROM t WHERE i >= 100 | SAFE",
        "SELECT SUM(i) FROM t WHERE i < 500 | SELECT SUM(i) FROM t WHERE i < 501 | TOO_CLOSE",
        "SELECT SUM(i) FROM t WHERE i < 500 | SELECT SUM(i) FROM t WHERE i < 600 | SAFE",
        "SELECT SUM(i) FROM t WHERE i < 501 | SELECT SUM(i) FROM t WHERE i >= 500 | TOO_CLOSE",
        "SELECT SUM(i) FROM t WHERE i < 500 | SELECT SUM(i) FROM t WHERE i > 500 | TOO_CLOSE",
        "SELECT g, COUNT(*) FROM t GROUP BY g | SELECT g, COUNT(*) FROM t WHERE i <> 7 GROUP BY g | SAFE",
        "SELECT g, COUNT(*) FROM t GROUP BY g | SELECT COUNT(*) FROM t | SAFE"
      })
  void twoAnswers_areComparedByTheirCohorts(String first, String second, Verdict verdict)
      throws SQLException {
    try (var engine = loaded()) {
      var a = released(engine, first);
      var b = released(engine, second);
      var cells = engine.run(DifferencingCheck.statement(a, b));
      assertThat(DifferencingCheck.check(cells, a, b, 1000, 50)).isEqualTo(verdict);
    }
  }

  @Test
  void filtersOfOneAnswer_areHeldAgainstEachOther() throws SQLException {
    try (var engine = loaded()) {
      var a = released(engine, "SELECT SUM(i), SUM(i) FILTER (WHERE i < 940) FROM t");
      var b =
          released(
              engine, "SELECT SUM(i) FILTER (WHERE i < 500), SUM(i) FILTER (WHERE i < 501) FROM t");
      assertThat(
              DifferencingCheck.check(
                  engine.run(DifferencingCheck.statement(a, a)), a, a, 1000, 50))
          .isEqualTo(Verdict.SAFE);
      assertThat(
              DifferencingCheck.check(
                  engine.run(DifferencingCheck.statement(b, b)), b, b, 1000, 50))
          .isEqualTo(Verdict.TOO_CLOSE);
    }
  }

  @Test
  void smallGroups_areWithheldAndAloneRefused() throws SQLException {
    try (var engine = loaded()) {
      ExactPlan one = plan("SELECT COUNT(*) FROM t WHERE i = 3");
      assertThat(ExactRelease.decide(one, engine.run(one)))
          .isEqualTo(new ExactRelease.Outcome.TooSmall());
      ExactPlan complement = plan("SELECT COUNT(*) FROM t WHERE i <> 3");
      assertThat(ExactRelease.decide(complement, engine.run(complement)))
          .isEqualTo(new ExactRelease.Outcome.TooSmall());
      ExactPlan some = plan("SELECT g, COUNT(*) FROM t WHERE g < 5 OR i < 520 GROUP BY g");
      var shown = (ExactRelease.Outcome.Shown) ExactRelease.decide(some, engine.run(some));
      assertThat(shown.answer().rows()).hasSize(5);
      assertThat(shown.answer().groupsWithheld()).isTrue();
    }
  }

  private ReleasedCohorts released(Engine engine, String sql) throws SQLException {
    ExactPlan plan = plan(sql);
    var shown = (ExactRelease.Outcome.Shown) ExactRelease.decide(plan, engine.run(plan));
    return new ReleasedCohorts(Cohorts.of(plan, EngineDialect.DUCKDB), shown.shownKeys());
  }

  private ExactPlan plan(String sql) {
    var outcome =
        planner.plan(sql, List.of(PRODUCT), Products.PARTY, PlanParameters.spending(1, 50));
    return (ExactPlan) ((PlanOutcome.Planned) outcome).plan();
  }

  private static Engine loaded() throws SQLException {
    var engine = new Engine();
    engine.load(PRODUCT, "range(1000) r(i)", "i", "i // 100");
    return engine;
  }
}
