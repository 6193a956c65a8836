package dev.weir.aggregation;

import dev.weir.aggregation.collect.CollectionResource;
import dev.weir.aggregation.collect.Driving;
import dev.weir.aggregation.collect.HttpDomainLedger;
import dev.weir.aggregation.collect.KafkaCollecting;
import dev.weir.aggregation.collect.KafkaLaneMarkers;
import dev.weir.aggregation.collect.LaneShareIntake;
import dev.weir.aggregation.collect.LeaderBatches;
import dev.weir.aggregation.collect.PostgresOpenTimes;
import dev.weir.aggregation.collect.ShareResource;
import dev.weir.aggregation.collect.ShareTopics;
import dev.weir.aggregation.collect.TaskOpening;
import dev.weir.aggregation.hpke.HpkeConfigResource;
import dev.weir.aggregation.hpke.HpkeKeyFiles;
import dev.weir.aggregation.hpke.HpkeKeyRing;
import dev.weir.aggregation.hpke.PostgresOfferedKeys;
import dev.weir.aggregation.http.DapLocations;
import dev.weir.aggregation.job.AggregationJobs;
import dev.weir.aggregation.job.JobResource;
import dev.weir.aggregation.job.KafkaJobAnswers;
import dev.weir.aggregation.job.KafkaJobLanes;
import dev.weir.aggregation.policy.ContractUsageGate;
import dev.weir.aggregation.stream.AggregationTopics;
import dev.weir.aggregation.stream.KafkaDeadLetters;
import dev.weir.aggregation.stream.KafkaFeed;
import dev.weir.aggregation.stream.KafkaHelperTopology;
import dev.weir.aggregation.stream.KafkaLaneTopics;
import dev.weir.aggregation.stream.KafkaLeaderTopology;
import dev.weir.aggregation.stream.KafkaVerification;
import dev.weir.aggregation.stream.LaneParts;
import dev.weir.aggregation.stream.MeteredReports;
import dev.weir.aggregation.task.LanesOfTasks;
import dev.weir.aggregation.task.PostgresTaskStore;
import dev.weir.aggregation.task.RefusedRequests;
import dev.weir.aggregation.task.TaskBook;
import dev.weir.aggregation.task.TaskProvisioning;
import dev.weir.aggregation.task.TaskResource;
import dev.weir.aggregation.task.TaskStart;
import dev.weir.aggregation.upload.ContributorRates;
import dev.weir.aggregation.upload.KafkaReportSink;
import dev.weir.aggregation.upload.ReportIntake;
import dev.weir.aggregation.upload.UploadLimit;
import dev.weir.aggregation.upload.UploadResource;
import dev.weir.aggregation.upload.UploadTurn;
import dev.weir.aggregation.verify.ReportRules;
import dev.weir.policy.state.ContractState;
import dev.weir.policy.state.DomainState;
import dev.weir.runtime.http.ServiceEnvironment;
import dev.weir.runtime.http.WeirApplication;
import dev.weir.runtime.state.StateView;
import io.dropwizard.lifecycle.AutoCloseableManager;
import java.time.Clock;
import java.time.InstantSource;
import org.apache.kafka.streams.state.Stores;

/**
 * One aggregator: leader or helper, by configuration alone. Not final: the canary test plants a
 * figure in a running one.
 */
public class AggregationApplication extends WeirApplication<AggregationConfiguration> {
  private final InstantSource clock;

  public AggregationApplication() {
    this(Clock.systemUTC());
  }

  /**
   * @param clock by which reports are young or old and tokens valid
   */
  public AggregationApplication(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  protected InstantSource clock() {
    return clock;
  }

  @Override
  public String getName() {
    return "aggregation";
  }

  @Override
  protected void run(AggregationConfiguration configuration, ServiceEnvironment service) {
    var database = service.database("aggregation");
    var kafka = service.kafka();
    var name = service.serviceName();

    // Contracts, followed from the control plane, and the ledger that charges them there.
    var contracts = new StateView<>(kafka, "space.contracts", ContractState.class);
    var domains = new StateView<>(kafka, "space.domains", DomainState.class);
    var ledger = new HttpDomainLedger(configuration.kafka().registryUrl(), service.broker());
    var gate = new ContractUsageGate(contracts, domains, service.bundle(), service.clock());

    // Tasks and keys.
    var store = new PostgresTaskStore(database);
    var tasks = new TaskBook(store);
    var keys =
        new HpkeKeyRing(
            configuration.role().dap(),
            HpkeKeyFiles.read(
                configuration.keys(),
                service.random(),
                new PostgresOfferedKeys(database, service.clock())));
    var producer = kafka.bytesProducer(AggregationTopics.MOST_MESSAGE_BYTES);
    var markers = new KafkaLaneMarkers(producer, AggregationTopics.REPORTS);
    var batches =
        new LeaderBatches(database, store, tasks, markers, service.clock(), service.random());
    var opening =
        new TaskOpening(database, tasks, markers, batches, service.clock(), System::nanoTime);
    var provisioning =
        new TaskProvisioning(
            database,
            store,
            tasks,
            gate,
            new KafkaLaneTopics(kafka, name),
            service.evidence(),
            service.clock(),
            started(configuration.role(), opening),
            new TaskProvisioning.Place(
                configuration.role().dap(),
                configuration.address(),
                configuration.lanes(),
                service.policy().bundleVersion()));

    var refused =
        new RefusedRequests(
            database,
            service.evidence(),
            new RefusedRequests.Author(name, service.policy().bundleVersion()),
            service.clock());

    // Lanes.
    var rules = new ReportRules(service.clock());
    var figures = new MeteredReports(service.metrics());
    var parts = new LaneParts(tasks, store, rules, keys, figures, service.clock());
    var topology =
        switch (configuration.role()) {
          case LEADER ->
              KafkaLeaderTopology.of(parts, configuration.lanes(), Stores::persistentKeyValueStore);
          case HELPER ->
              KafkaHelperTopology.of(
                  parts,
                  configuration.leaderParty(),
                  configuration.lanes(),
                  Stores::persistentKeyValueStore);
        };
    var verification =
        new KafkaVerification(
            kafka,
            topology,
            new KafkaVerification.Settings(
                name + "-verification",
                configuration.state(),
                configuration.threads(),
                configuration.commitEvery(),
                configuration.replicas()),
            service.clock());

    // Collections.
    var letters =
        new KafkaDeadLetters(producer, deadLetters(configuration.role()), service.metrics());
    var sink = new KafkaReportSink(kafka.bytesProducer(AggregationTopics.MOST_MESSAGE_BYTES));
    var shares = new LaneShareIntake(database);
    var collecting =
        new KafkaCollecting(
            configuration.role().dap(), service, database, tasks, gate, ledger, producer);

    service.manage(contracts);
    service.manage(domains);
    service.manage(sink);
    service.manage(new AutoCloseableManager(producer));
    service.manage(new LanesOfTasks(store, configuration.lanes(), service.clock()));
    service.manage(verification);
    service.manage(new Driving(name + "-sums", collecting.sums()::step));
    service.health("contracts", gate::caughtUp);
    service.health("lanes", verification::works);
    var locations = new DapLocations(configuration.address());
    service.resource(new TaskResource(provisioning, refused));
    service.resource(new HpkeConfigResource(keys));
    switch (configuration.role()) {
      case LEADER -> {
        var driver = collecting.leader(batches);
        service.manage(
            new KafkaFeed(
                kafka, name + "-batches", AggregationTopics.LEADER_BATCHES, shares::take, letters));
        service.manage(
            new KafkaFeed(kafka, name + "-shares", ShareTopics.SHARES, driver::answered, letters));
        service.manage(new Driving("leader-batches", batches::step));
        service.manage(new Driving("leader-tasks", opening::step));
        service.manage(new Driving("leader-collections", driver::step));
        var rates =
            new ContributorRates(
                configuration.uploadsPerSecond(), configuration.uploadBurst(), System::nanoTime);
        var turn = new UploadTurn(rates, rules, figures);
        service.bodyLimit(new UploadLimit(tasks));
        service.resource(
            new UploadResource(
                new ReportIntake(
                    provisioning::known,
                    rules,
                    keys,
                    turn,
                    figures,
                    sink,
                    new PostgresOpenTimes(database, opening, System::nanoTime))));
        service.resource(
            new CollectionResource(collecting.desk(provisioning, batches), refused, locations));
      }
      case HELPER -> {
        var jobs =
            new AggregationJobs(
                database, provisioning, new KafkaJobLanes(producer), service.clock());
        var desk = collecting.helper(configuration.leaderParty());
        service.manage(
            new KafkaFeed(
                kafka, name + "-batches", AggregationTopics.HELPER_BATCHES, shares::take, letters));
        service.manage(
            new KafkaFeed(
                kafka, name + "-share-requests", ShareTopics.REQUESTS, desk::asked, letters));
        service.manage(new Driving("helper-collections", desk::step));
        service.manage(KafkaJobAnswers.feed(kafka, name + "-job-answers", jobs, letters));
        service.manage(new Driving("helper-jobs", jobs::step));
        service.resource(new JobResource(jobs, locations));
        service.resource(new ShareResource(collecting.shares(provisioning), refused, locations));
      }
    }
  }

  private static String deadLetters(AggregationConfiguration.Role role) {
    return switch (role) {
      case LEADER -> AggregationTopics.LEADER_DEAD_LETTERS;
      case HELPER -> AggregationTopics.HELPER_DEAD_LETTERS;
    };
  }

  /** Only the leader has batches to begin and takes reports. */
  private static TaskStart started(AggregationConfiguration.Role role, TaskOpening opening) {
    return switch (role) {
      case LEADER -> opening;
      case HELPER -> task -> {};
    };
  }
}
