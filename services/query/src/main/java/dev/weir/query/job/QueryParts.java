package dev.weir.query.job;

import dev.weir.query.QueryConfiguration;
import dev.weir.query.contract.ContractBook;
import dev.weir.query.engine.SqlEngine;
import dev.weir.query.plan.QueryPlanner;
import dev.weir.query.plan.check.CohortCheck;
import dev.weir.query.record.RecordStore;
import dev.weir.runtime.http.ServiceEnvironment;
import dev.weir.runtime.ledger.Ledger;
import io.dropwizard.lifecycle.Managed;

/** The parts of this package, put together once at start. */
public record QueryParts(QueryDesk desk, Managed runner) {

  public static QueryParts of(
      QueryConfiguration configuration,
      ServiceEnvironment service,
      ContractBook contracts,
      Ledger ledger,
      QueryPlanner planner,
      RecordStore records,
      SqlEngine engine,
      CohortCheck check) {
    var jobs = new PostgresQueryJobStore();
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
            service.clock());
    var runner =
        new QueryRunner(
            service.database(),
            jobs,
            contracts,
            engine,
            gate,
            evidence,
            slots,
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
