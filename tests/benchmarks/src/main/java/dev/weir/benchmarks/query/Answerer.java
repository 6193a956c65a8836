package dev.weir.benchmarks.query;

import dev.weir.benchmarks.terms.Contracts;
import dev.weir.benchmarks.terms.Decisions;
import dev.weir.benchmarks.terms.FlightTerms;
import dev.weir.kernel.QueryId;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.engine.SqlEngine;
import dev.weir.query.job.SecureNoise;
import dev.weir.query.plan.Bindings;
import dev.weir.query.plan.CheckedPlan;
import dev.weir.query.plan.DpPlan;
import dev.weir.query.plan.ExactPlan;
import dev.weir.query.plan.PlanOutcome;
import dev.weir.query.plan.PlanParameters;
import dev.weir.query.plan.QueryPlanner;
import dev.weir.query.plan.RawRow;
import dev.weir.query.plan.answer.AnswerAssembler;
import dev.weir.query.plan.answer.ExactRelease;
import dev.weir.query.record.RecordDatabase;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * From SQL to answer as the query service goes, without HTTP and ledger: plan, decision, engine,
 * noise and assembly.
 */
final class Answerer implements AutoCloseable {
  private static final long NANO_RHO = 1_000_000;

  private final QueryPlanner planner = new QueryPlanner();
  private final SecureNoise noise = new SecureNoise(new SecureRandom());
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final Bindings bindings =
      new Bindings(
          Map.of(FlightTerms.FLIGHT_RECORDS, 1L, FlightTerms.AIRPORT_RECORDS, 1L),
          "0123456789abcdef");
  private final List<ProductTerms> products;
  private final Decisions decisions;
  private final SqlEngine engine;

  Answerer(RecordDatabase database, List<ProductTerms> products) {
    this.products = List.copyOf(products);
    this.decisions = new Decisions(Contracts.plain(products));
    this.engine =
        new SqlEngine(
            database,
            timers,
            Clock.systemUTC(),
            new SqlEngine.Limits(Duration.ofMinutes(5), 200_000));
  }

  CheckedPlan plan(Kind kind) {
    var parameters = PlanParameters.spending(NANO_RHO, FlightTerms.MIN_GROUP);
    return switch (planner.plan(kind.sql(), products, Contracts.USER, parameters)) {
      case PlanOutcome.Planned planned -> planned.plan();
      case PlanOutcome.Refused refused -> throw new IllegalStateException(refused.toString());
    };
  }

  /** The generated SQL alone. */
  List<List<RawRow>> run(CheckedPlan plan) {
    var permit = decisions.permit(plan);
    var query = QueryId.random();
    return plan.statements(engine.dialect()).stream()
        .map(statement -> engine.run(permit, query, plan, statement, bindings, () -> false))
        .toList();
  }

  Object answer(Kind kind) {
    var plan = plan(kind);
    var raw = run(plan);
    return switch (plan) {
      case DpPlan noisy -> new AnswerAssembler(noisy, noise).assemble(raw);
      case ExactPlan exact -> ExactRelease.decide(exact, raw);
    };
  }

  @Override
  public void close() {
    timers.shutdownNow();
  }
}
