package dev.weir.query.job;

import dev.weir.query.QueryConfiguration;
import dev.weir.query.contract.ContractBook;
import dev.weir.query.engine.SqlEngine;
import dev.weir.query.plan.QueryPlanner;
import dev.weir.query.plan.check.CohortCheck;
import dev.weir.query.record.RecordStore;
import dev.weir.query.use.PostgresUseStore;
import dev.weir.runtime.http.ServiceEnvironment;
import dev.weir.runtime.ledger.Ledger;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** The parts of this package, put together once at start. */
public record QueryParts(QueryDesk desk, Managed runner) {
  /** Five missed renewals; a shorter one would end queries of an instance that only stumbled. */
  private static final Duration LEASE = Duration.ofSeconds(15);

  public static QueryParts of(
      QueryConfiguration configuration,
      ServiceEnvironment service,
      ContractBook contracts,
      Ledger ledger,
      QueryPlanner planner,
      RecordStore records,
      BooleanSupplier copying,
      SqlEngine engine,
      CohortCheck check) {
    var instance = UUID.randomUUID();
    var jobs = new PostgresQueryJobStore(instance);
    var evidence =
        new QueryEvidence(service.evidence(), service.clock(), service.policy().bundleVersion());
    var answering =
        new Answering(
            records,
            engine,
            check,
            service.random(),
            SelectionKey.in(configuration.directory(), service.random()));
    var slots = new AnswerSlots(configuration.answerSlot());
    var gate =
        new ReleaseGate(
            service.database(),
            jobs,
            ledger,
            contracts,
            answering,
            evidence,
            slots,
            service.clock(),
            new PostgresUseStore());
    var runner =
        new QueryRunner(
            service.database(),
            jobs,
            new PostgresQueryLease(service.database(), instance, LEASE),
            contracts,
            engine,
            gate,
            evidence,
            slots,
            new RecordsAwaited(copying),
            service.clock(),
            configuration.workers(),
            configuration.waiting());
    var desk =
        new QueryDesk(
            service.database(),
            jobs,
            contracts,
            ledger,
            new Assessor(planner, service.bundle(), service.clock(), configuration.region()),
            evidence,
            runner,
            service.clock());
    return new QueryParts(desk, runner);
  }
}
