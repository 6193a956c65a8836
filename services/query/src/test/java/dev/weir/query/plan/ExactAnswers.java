package dev.weir.query.plan;

import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.answer.ExactRelease;
import dev.weir.query.plan.check.CohortCheck;
import dev.weir.query.plan.check.DifferencingCheck;
import dev.weir.query.plan.check.ReleasedCohorts;
import dev.weir.query.plan.check.Verdict;
import dev.weir.query.plan.render.Cohorts;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Exact answers over one product in a real engine, and what the check says of them. */
final class ExactAnswers implements AutoCloseable {
  private final QueryPlanner planner = new QueryPlanner();
  private final CohortCheck check = new DifferencingCheck(new SecureRandom());
  private final Engine engine = new Engine();
  private final ProductTerms product;
  private final int minGroup;

  ExactAnswers(ProductTerms product, int minGroup) throws SQLException {
    this.product = product;
    this.minGroup = minGroup;
  }

  void load(String source, String... select) throws SQLException {
    engine.load(product, source, select);
  }

  ExactRelease.Outcome outcome(String sql) throws SQLException {
    ExactPlan plan = plan(sql);
    return ExactRelease.decide(plan, engine.run(plan));
  }

  /** Empty when the question alone is refused. */
  Optional<ReleasedCohorts> released(String sql) throws SQLException {
    return outcome(sql) instanceof ExactRelease.Outcome.Shown shown
        ? Optional.of(
            new ReleasedCohorts(Cohorts.of(plan(sql), EngineDialect.DUCKDB), shown.shownKeys()))
        : Optional.empty();
  }

  /** Empty when the question alone is refused, by its text or for its records. */
  Optional<ReleasedCohorts> outcomeOf(String sql) throws SQLException {
    return planned(sql) instanceof PlanOutcome.Planned ? released(sql) : Optional.empty();
  }

  Verdict verdict(ReleasedCohorts mine, List<ReleasedCohorts> present, List<ReleasedCohorts> past) {
    return check.verdict(
        mine,
        new CohortCheck.Earlier(present, past),
        minGroup,
        statement -> {
          try {
            return engine.run(statement);
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** The verdict on the last of several questions, the others having been answered. */
  Verdict last(List<String> questions) throws SQLException {
    var released = new ArrayList<ReleasedCohorts>();
    for (String question : questions) {
      released.add(released(question).orElseThrow());
    }
    var mine = released.removeLast();
    return verdict(mine, released, List.of());
  }

  private ExactPlan plan(String sql) {
    return (ExactPlan) ((PlanOutcome.Planned) planned(sql)).plan();
  }

  private PlanOutcome planned(String sql) {
    return planner.plan(
        sql, List.of(product), Products.PARTY, PlanParameters.spending(1, minGroup));
  }

  @Override
  public void close() throws SQLException {
    engine.close();
  }
}
