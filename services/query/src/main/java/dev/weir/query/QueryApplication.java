package dev.weir.query;

import dev.weir.policy.state.ContractState;
import dev.weir.policy.state.DomainState;
import dev.weir.policy.state.ParticipantState;
import dev.weir.policy.state.ResourceState;
import dev.weir.query.contract.ContractBook;
import dev.weir.query.engine.SqlEngine;
import dev.weir.query.he.HeParts;
import dev.weir.query.he.HeReplayResource;
import dev.weir.query.he.HeResource;
import dev.weir.query.he.KafkaHeWorker;
import dev.weir.query.he.SwitchingKeyResource;
import dev.weir.query.he.evaluator.Evaluator;
import dev.weir.query.job.AllotmentResource;
import dev.weir.query.job.QueryParts;
import dev.weir.query.job.QueryResource;
import dev.weir.query.plan.QueryPlanner;
import dev.weir.query.plan.check.CohortCheck;
import dev.weir.query.plan.check.DifferencingCheck;
import dev.weir.query.record.DuckDbDatabase;
import dev.weir.query.record.JdbcRecordStore;
import dev.weir.query.record.KafkaVersionLoader;
import dev.weir.query.record.PostgresDatabase;
import dev.weir.query.record.RecordDatabase;
import dev.weir.query.record.RecordStore;
import dev.weir.query.rollup.EpochDecision;
import dev.weir.query.rollup.RollupRole;
import dev.weir.query.use.PostgresUseStore;
import dev.weir.query.use.UseResource;
import dev.weir.runtime.config.DatabaseConfiguration;
import dev.weir.runtime.http.ServiceEnvironment;
import dev.weir.runtime.http.WeirApplication;
import dev.weir.runtime.ledger.Ledger;
import dev.weir.runtime.ledger.PostgresLedger;
import dev.weir.runtime.secret.Secret;
import dev.weir.runtime.sql.DatabaseAccess;
import dev.weir.runtime.state.StateView;
import io.dropwizard.lifecycle.AutoCloseableManager;
import java.security.SecureRandom;
import java.util.concurrent.Executors;

/** The query service: contracts in, records in, questions in; cleared answers out. */
public final class QueryApplication extends WeirApplication<QueryConfiguration> {
  private final CohortCheck check;

  public QueryApplication() {
    this(new DifferencingCheck(new SecureRandom()));
  }

  /**
   * A service with another check of exact answers, for tests of attacks that need one which has
   * none. No configuration leads here.
   */
  public QueryApplication(CohortCheck check) {
    this.check = check;
  }

  @Override
  public String getName() {
    return "query";
  }

  @Override
  protected void run(QueryConfiguration configuration, ServiceEnvironment service) {
    // Contracts and what decides about them, followed from the control plane.
    var contractStates = new StateView<>(service.kafka(), "space.contracts", ContractState.class);
    var domainStates = new StateView<>(service.kafka(), "space.domains", DomainState.class);
    var resourceStates = new StateView<>(service.kafka(), "space.resources", ResourceState.class);
    var participantStates =
        new StateView<>(service.kafka(), "space.participants", ParticipantState.class);
    var contracts =
        new ContractBook(
            contractStates, domainStates, resourceStates, participantStates, service.bundle());

    service.manage(contractStates);
    service.manage(domainStates);
    service.manage(resourceStates);
    service.manage(participantStates);
    service.health("contracts", contracts::caughtUp);

    var planner = new QueryPlanner();
    planner.warmUp();
    var ledger = new PostgresLedger(service.evidence(), service.clock());
    for (QueryConfiguration.Role role : configuration.roles()) {
      switch (role) {
        case API -> answer(configuration, service, contracts, ledger, planner);
        case ROLLUP -> rollUp(configuration, service, contracts, ledger, planner);
        case HE_WORKER -> evaluate(configuration, service, contracts, ledger);
      }
    }
  }

  /** SQL over a copy of the records. */
  private void answer(
      QueryConfiguration configuration,
      ServiceEnvironment service,
      ContractBook contracts,
      Ledger ledger,
      QueryPlanner planner) {
    // Records, copied from their topics, and the engine over them.
    RecordDatabase database = database(configuration);
    RecordStore records =
        switch (configuration.engine()) {
          case DUCKDB -> JdbcRecordStore.onDuckDb(database);
          case POSTGRESQL -> JdbcRecordStore.onPostgres(database);
        };
    var loader = new KafkaVersionLoader(service.kafka(), records);
    var timers =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("query-timer").daemon().factory());
    var engine =
        new SqlEngine(
            database,
            timers,
            service.clock(),
            new SqlEngine.Limits(configuration.timeLimit(), configuration.maxRows()));

    // Release and the desk.
    var parts =
        QueryParts.of(
            configuration,
            service,
            contracts,
            ledger,
            planner,
            records,
            loader::copying,
            engine,
            check);
    service.manage(new AutoCloseableManager(records));
    service.manage(loader);
    service.manage(parts.runner());
    service.health("records", () -> loader.caughtUp() && records.alive());

    service.resource(new QueryResource(parts.desk()));
    service.resource(new UseResource(service.database(), new PostgresUseStore()));
    service.resource(new AllotmentResource(parts.desk()));
    var encrypted =
        HeParts.of(
            service,
            contracts,
            ledger,
            new EpochDecision(planner, service.bundle(), service.clock(), configuration.region()),
            records,
            configuration.region(),
            configuration.answerSlot(),
            configuration.tileShare().toBytes(),
            new HeParts.Keeping(
                configuration.replayPeriod(), configuration.partyQuestions().toBytes()));
    service.manage(encrypted.retention());
    service.resource(new HeResource(encrypted.ticketing(), encrypted.desk()));
    service.resource(new SwitchingKeyResource(encrypted.keys()));
    service.resource(new HeReplayResource(encrypted.replays()));
  }

  /** Cells for encrypted questions. */
  private static void rollUp(
      QueryConfiguration configuration,
      ServiceEnvironment service,
      ContractBook contracts,
      Ledger ledger,
      QueryPlanner planner) {
    var rollups =
        RollupRole.of(
            service,
            contracts,
            ledger,
            planner,
            configuration.directory().resolve("rollup"),
            configuration.region());
    service.manage(rollups);
    service.health("rollup", rollups::healthy);
  }

  /** Encrypted questions; each worker has a child in which native code meets them. */
  private static void evaluate(
      QueryConfiguration configuration,
      ServiceEnvironment service,
      ContractBook contracts,
      Ledger ledger) {
    var limits =
        new Evaluator.Limits(
            configuration.cellMemoryMegabytes(), configuration.evaluationDeadline());
    for (int number = 1; number <= configuration.evaluators(); number++) {
      String name = "he-worker-" + number;
      var worker =
          new KafkaHeWorker(
              service, contracts, ledger, name, configuration.directory().resolve("he"), limits);
      service.manage(worker);
      service.health(name, worker::alive);
    }
  }

  private static DatabaseAccess login(DatabaseConfiguration database) {
    return new DatabaseAccess(
        database.jdbcUrl(),
        database.applicationUser(),
        Secret.read(database.applicationPasswordFile()));
  }

  private static RecordDatabase database(QueryConfiguration configuration) {
    return switch (configuration.engine()) {
      case DUCKDB ->
          DuckDbDatabase.open(
              configuration.directory().resolve("records"),
              configuration.engineMemoryMegabytes(),
              configuration.engineThreads());
      case POSTGRESQL -> PostgresDatabase.of(login(configuration.database()));
    };
  }
}
