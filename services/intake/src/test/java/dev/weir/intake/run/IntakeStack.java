package dev.weir.intake.run;

import com.codahale.metrics.MetricRegistry;
import dev.weir.intake.child.ReaderLimits;
import dev.weir.intake.source.IntakeFigures;
import dev.weir.intake.source.PostgresSourceStore;
import dev.weir.intake.source.ProfileJobs;
import dev.weir.intake.source.SourceFiles;
import dev.weir.intake.source.Sources;
import dev.weir.intake.treatment.FileLineageKeys;
import dev.weir.kernel.Bilingual;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.IdentificationCode;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ResourceId;
import dev.weir.kernel.Role;
import dev.weir.kernel.data.RecordSchema;
import dev.weir.policy.state.ResourceState;
import dev.weir.runtime.embedded.EmbeddedKafka;
import dev.weir.runtime.embedded.EmbeddedPostgres;
import dev.weir.runtime.embedded.KafkaSettings;
import dev.weir.runtime.embedded.PostgresSettings;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.kafka.KafkaAccess;
import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.runtime.kafka.SchemaIds;
import dev.weir.runtime.kafka.TopicCatalogue;
import dev.weir.runtime.outbox.Outbox;
import dev.weir.runtime.outbox.OutboxSignal;
import dev.weir.runtime.secret.Secret;
import dev.weir.runtime.secret.SecretAccess;
import dev.weir.runtime.sql.Database;
import dev.weir.runtime.sql.DatabaseAccess;
import dev.weir.runtime.sql.DatabaseRoles;
import dev.weir.runtime.sql.Migrations;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.TopicPartition;

/** Intake without HTTP, on a real broker and a real database. */
final class IntakeStack implements AutoCloseable {
  static final CreditCode PROVIDER = CreditCode.of("11350100000000001W");
  static final CreditCode OPERATOR = CreditCode.of("91350100000000002P");
  static final Caller OFFICER =
      new Caller("officer", "department-officer", PROVIDER, Set.of(Role.PROVIDER));

  private final EmbeddedKafka broker;
  private final EmbeddedPostgres postgres;
  private final Map<String, Secret> passwords =
      DatabaseRoles.all().stream()
          .collect(Collectors.toMap(Function.identity(), r -> Secret.random(new SecureRandom())));
  final Database database;
  final KafkaClients kafka;
  final SourceFiles files;
  final Map<ResourceId, ResourceState> resources = new ConcurrentHashMap<>();
  final PostgresRunStore store = new PostgresRunStore();
  final ProfileJobs profiles;
  final Sources sources;
  final PrometheusRegistry metrics = new PrometheusRegistry();
  final EvidenceLog evidence;
  final RunParts parts;

  IntakeStack(Path directory) throws Exception {
    broker =
        EmbeddedKafka.startInProcess(
            KafkaSettings.temporary(directory, List.of("intake"))
                .with(KafkaSettings.Timeouts.ORDINARY));
    postgres = EmbeddedPostgres.start(PostgresSettings.temporary(directory));
    try (var admin = broker.admin()) {
      TopicCatalogue.load().ensureTopics(admin);
      TopicCatalogue.load().ensureAccess(admin);
    }
    var user = broker.user("intake");
    kafka =
        new KafkaClients(
            new KafkaAccess(broker.bootstrapServers(), "intake", Secret.of(user.revealPassword())),
            new Registry());
    database = database();
    var outbox = new Outbox("intake", new OutboxSignal());
    evidence = new EvidenceLog(outbox, "intake");
    var figures = new IntakeFigures(metrics);
    files = new SourceFiles(directory.resolve("domain"), 2L << 30);
    var sourceStore = new PostgresSourceStore();
    profiles = new ProfileJobs(database, sourceStore, files, ReaderLimits.DEFAULT, 1);
    sources =
        new Sources(
            database, sourceStore, files, profiles, evidence, Clock.systemUTC(), "test", figures);
    parts =
        new RunParts(
            database,
            store,
            new RunSeals(database, store, outbox, evidence, Clock.systemUTC(), "test", figures),
            sources,
            sourceStore,
            files,
            new FileLineageKeys(directory.resolve("domain").resolve("keys"), new SecureRandom()),
            new KafkaRecordStreams(kafka, TopicCatalogue.load()),
            (provider, id) -> {
              var resource = resources.get(id);
              return new Authorisation.Authorised(
                  resource, resource.domainId().orElseThrow(), OPERATOR);
            },
            ReaderLimits.DEFAULT,
            figures);
  }

  /** The keys of a whole intake service on this broker and database, without a registry. */
  Map<String, Object> configuration(Path directory) {
    var keys = new HashMap<String, Object>();
    keys.put("jdbcUrl", postgres.jdbcUrl("postgres"));
    user(keys, directory, "application", DatabaseRoles.application("intake"));
    user(keys, directory, "migration", DatabaseRoles.MIGRATION);
    user(keys, directory, "relay", DatabaseRoles.RELAY);
    return Map.of(
        "database",
        keys,
        "kafka",
        Map.of(
            "bootstrapServers",
            broker.bootstrapServers(),
            "username",
            "intake",
            "passwordFile",
            broker.user("intake").passwordFile().toString(),
            "registryUrl",
            "http://127.0.0.1:1/apis/ccompat/v7"),
        "domainDirectory",
        directory.resolve("domain").toString());
  }

  private void user(Map<String, Object> keys, Path directory, String purpose, String role) {
    keys.put(purpose + "User", role);
    Path file = directory.resolve(role + ".password");
    try {
      Files.writeString(file, passwords.get(role).reveal(SecretAccess.DATABASE_LOGIN));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    keys.put(purpose + "PasswordFile", file.toString());
  }

  private Database database() throws Exception {
    try (var superuser = postgres.dataSource("postgres", postgres.superuser()).getConnection()) {
      DatabaseRoles.create(superuser, passwords);
    }
    String url = postgres.jdbcUrl("postgres");
    Migrations.migrate(
        new DatabaseAccess(url, DatabaseRoles.MIGRATION, passwords.get(DatabaseRoles.MIGRATION)),
        "intake");
    String role = DatabaseRoles.application("intake");
    return Database.open(
        new DatabaseAccess(url, role, passwords.get(role)), "intake", 8, new MetricRegistry());
  }

  /** What the service's own counter says. */
  double sealedRuns() {
    return metrics.scrape().stream()
        .filter(family -> family.getMetadata().getName().equals("weir_intake_runs"))
        .flatMap(family -> family.getDataPoints().stream())
        .filter(point -> "sealed".equals(point.getLabels().get("outcome")))
        .mapToDouble(point -> ((CounterSnapshot.CounterDataPointSnapshot) point).getValue())
        .sum();
  }

  ResourceId resource(RecordSchema schema) {
    var id = ResourceId.random();
    resources.put(
        id,
        new ResourceState(
            id,
            1,
            IdentificationCode.assign(
                IdentificationCode.Type.RESOURCE, PROVIDER, "3501", new SecureRandom()),
            PROVIDER,
            LineageId.random(),
            Optional.of(DomainId.random()),
            Bilingual.same("test"),
            schema,
            false,
            ResourceState.Status.REGISTERED));
    return id;
  }

  Runs runs(RunDriver driver) {
    return parts.runs(driver, evidence, Clock.systemUTC(), "test");
  }

  Run await(Run run) {
    long deadline = System.nanoTime() + Duration.ofMinutes(4).toNanos();
    while (System.nanoTime() < deadline) {
      Run now = database.asService("test", h -> store.find(h, run.id())).orElseThrow();
      if (now.status() != Run.Status.QUEUED && now.status() != Run.Status.RUNNING) {
        return now;
      }
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
    throw new AssertionError("the run did not end");
  }

  /** What a read-committed consumer sees of a version. */
  record Seen(long records, Set<String> ids, long duplicates) {}

  Seen read(Run run) {
    String topic = TopicCatalogue.records(run.spec().resourceId());
    var ids = new HashSet<String>();
    long records = 0;
    try (var consumer = kafka.consumer()) {
      for (int p = 0; p < run.endOffsets().size(); p++) {
        var partition = new TopicPartition(topic, p);
        consumer.assign(List.of(partition));
        consumer.seek(partition, run.startOffsets().get(p));
        while (consumer.position(partition) < run.endOffsets().get(p)) {
          for (var message : consumer.poll(Duration.ofMillis(200))) {
            var record = (GenericRecord) message.value();
            if (message.offset() < run.endOffsets().get(p)
                && (long) record.get("_version") == run.dataVersion()) {
              records++;
              ids.add(message.key());
            }
          }
        }
      }
    }
    return new Seen(records, ids, records - ids.size());
  }

  @Override
  public void close() throws Exception {
    database.close();
    postgres.close();
    broker.close();
  }

  /** Schema ids of one test run. */
  private static final class Registry implements SchemaIds {
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<Schema, Integer> ids = new ConcurrentHashMap<>();

    @Override
    public synchronized int idOf(String subject, Schema schema) {
      return ids.computeIfAbsent(
          schema,
          fresh -> {
            schemas.put(schemas.size() + 1, fresh);
            return schemas.size();
          });
    }

    @Override
    public Schema schemaOf(int id) {
      return schemas.get(id);
    }
  }
}
