package dev.weir.intake;

import dev.weir.intake.child.ReaderLimits;
import dev.weir.intake.run.KafkaAuthorisation;
import dev.weir.intake.run.KafkaRecordStreams;
import dev.weir.intake.run.PostgresRunStore;
import dev.weir.intake.run.RunParts;
import dev.weir.intake.run.RunResource;
import dev.weir.intake.run.RunSeals;
import dev.weir.intake.source.IntakeFigures;
import dev.weir.intake.source.PostgresSourceStore;
import dev.weir.intake.source.ProfileJobs;
import dev.weir.intake.source.SourceFiles;
import dev.weir.intake.source.SourceResource;
import dev.weir.intake.source.Sources;
import dev.weir.intake.treatment.FileLineageKeys;
import dev.weir.policy.state.DomainState;
import dev.weir.policy.state.ResourceState;
import dev.weir.runtime.http.ServiceEnvironment;
import dev.weir.runtime.http.WeirApplication;
import dev.weir.runtime.kafka.TopicCatalogue;
import dev.weir.runtime.state.StateView;

/** The intake service. */
public final class IntakeApplication extends WeirApplication<IntakeConfiguration> {

  public static void main(String[] arguments) throws Exception {
    new IntakeApplication().run(arguments);
  }

  @Override
  public String getName() {
    return "intake";
  }

  @Override
  protected void run(IntakeConfiguration configuration, ServiceEnvironment service) {
    var database = service.database();
    var kafka = service.kafka();
    var evidence = service.evidence();
    var clock = service.clock();
    var bundle = service.policy().bundleVersion();
    var limits =
        new ReaderLimits(
            configuration.readerHeapMb(),
            configuration.readerEngineMb(),
            configuration.readerAddressSpaceMb(),
            configuration.readerTime(),
            configuration.readerTime());

    var figures = new IntakeFigures(service.metrics());
    var sourceStore = new PostgresSourceStore();
    var files =
        new SourceFiles(
            configuration.domainDirectory(), configuration.http().maxUpload().toBytes());
    var profiles =
        new ProfileJobs(database, sourceStore, files, limits, configuration.parallelProfiles());
    var sources =
        new Sources(database, sourceStore, files, profiles, evidence, clock, bundle, figures);

    var resources = new StateView<>(kafka, "space.resources", ResourceState.class);
    var domains = new StateView<>(kafka, "space.domains", DomainState.class);
    var runStore = new PostgresRunStore();
    var seals =
        new RunSeals(database, runStore, service.outbox(), evidence, clock, bundle, figures);
    var runs =
        new RunParts(
            database,
            runStore,
            seals,
            sources,
            sourceStore,
            files,
            new FileLineageKeys(configuration.domainDirectory().resolve("keys"), service.random()),
            new KafkaRecordStreams(kafka, TopicCatalogue.load()),
            new KafkaAuthorisation(resources, domains, clock),
            limits,
            figures);
    var driver = runs.driver(configuration.parallelRuns());

    service.resource(new SourceResource(sources));
    service.resource(new RunResource(runs.runs(driver, evidence, clock, bundle), clock));
    service.manage(resources);
    service.manage(domains);
    service.manage(profiles);
    service.manage(driver);
    service.health("state", () -> resources.caughtUp() && domains.caughtUp());
  }
}
