package dev.weir.audit;

import dev.weir.audit.log.CrashPoints;
import dev.weir.audit.log.KafkaSequencer;
import dev.weir.audit.log.KeyFiles;
import dev.weir.audit.log.LogConfiguration;
import dev.weir.audit.log.LogDirectory;
import dev.weir.audit.log.LogKeys;
import dev.weir.audit.log.LogStatus;
import dev.weir.audit.log.PostgresLeafStore;
import dev.weir.audit.log.WitnessDriver;
import dev.weir.audit.log.WitnessTask;
import dev.weir.audit.meter.MeterReadings;
import dev.weir.audit.meter.MeterResource;
import dev.weir.audit.read.EntriesResource;
import dev.weir.audit.read.LogResource;
import dev.weir.audit.read.PostgresEntryStore;
import dev.weir.audit.receipt.ReceiptResource;
import dev.weir.audit.receipt.Receipts;
import dev.weir.audit.retention.PostgresRetentionFloors;
import dev.weir.audit.retention.PostgresRetentionStore;
import dev.weir.audit.retention.RetentionResource;
import dev.weir.audit.witness.HttpWitness;
import dev.weir.privacy.merkle.NoteKey;
import dev.weir.runtime.http.ServiceEnvironment;
import dev.weir.runtime.http.WeirApplication;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** The evidence log, receipts, statements and retention, with everything they are made of. */
public final class AuditApplication extends WeirApplication<AuditConfiguration> {
  private static final String CRASH_AT = "CRASH_AT";

  @Override
  protected void run(AuditConfiguration configuration, ServiceEnvironment service)
      throws IOException {
    var settings = configuration.log();
    var directory = new LogDirectory(settings.directory());
    var keys = LogKeys.open(settings.keys(), settings.origin(), service.random());
    if (settings.publicKeys().isPresent()) {
      keys.publishIn(settings.publicKeys().get());
    }
    var status = new LogStatus(settings, service.clock());
    var database = service.database();
    var entries = new PostgresEntryStore(database);
    var crashes = CrashPoints.at(System.getenv().getOrDefault(CRASH_AT, ""));

    service.manage(
        new KafkaSequencer(
            service.kafka(), new PostgresLeafStore(database), directory, keys, crashes, status));
    settings
        .witness()
        .ifPresent(witness -> service.manage(task(settings, witness, directory, status)));
    service.health("log", status::healthy);

    service.resource(new LogResource(directory, keys, () -> witnessKey(settings)));
    service.resource(new EntriesResource(entries));
    service.resource(
        new ReceiptResource(
            new Receipts(entries, directory, status, settings.witness().isPresent())));
    service.resource(new MeterResource(new MeterReadings(entries), status));
    service.manage(
        new PostgresRetentionFloors(
            database, service.bundle().floors(), service.policy().bundleVersion()));
    service.resource(
        new RetentionResource(
            new PostgresRetentionStore(
                database, service.evidence(), service.clock(), service.policy().bundleVersion())));
  }

  private static WitnessTask task(
      LogConfiguration settings, URI witness, LogDirectory directory, LogStatus status) {
    var driver = new WitnessDriver(directory, new HttpWitness(witness), () -> witnessKey(settings));
    return new WitnessTask(driver, directory, status, settings.witnessRefresh());
  }

  private static Optional<NoteKey> witnessKey(LogConfiguration settings) throws IOException {
    return settings.witnessKey().isPresent()
        ? KeyFiles.published(settings.witnessKey().get())
        : Optional.empty();
  }
}
