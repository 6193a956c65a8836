package dev.weir.audit.service;

import dev.weir.audit.AuditApplication;
import dev.weir.audit.log.Leaf;
import dev.weir.audit.witness.HttpWitnessServer;
import dev.weir.audit.witness.WitnessSettings;
import dev.weir.runtime.embedded.EmbeddedCache;
import dev.weir.runtime.embedded.EmbeddedKafka;
import dev.weir.runtime.embedded.EmbeddedPostgres;
import dev.weir.runtime.embedded.KafkaSettings;
import dev.weir.runtime.embedded.LoopbackPorts;
import dev.weir.runtime.embedded.PostgresSettings;
import dev.weir.runtime.embedded.SecretStore;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.kafka.HttpSchemaRegistry;
import dev.weir.runtime.kafka.KafkaAccess;
import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.runtime.kafka.TopicCatalogue;
import dev.weir.runtime.secret.Secret;
import dev.weir.runtime.sql.DatabaseRoles;
import dev.weir.schemas.avro.EvidenceEntry;
import dev.weir.testkit.LocalIssuer;
import dev.weir.testkit.TestService;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Real PostgreSQL, real Kafka, real witness, and the audit service started from its YAML. */
final class AuditStack implements AutoCloseable {
  private static final List<String> USERS = List.of("space", "intake", "query", "audit");

  private final Path root;
  private final SecretStore secrets;
  private final EmbeddedPostgres postgres;
  private final EmbeddedKafka kafka;
  private final TestRegistry registry = new TestRegistry();
  private final LocalIssuer issuer = LocalIssuer.start();
  private final HttpWitnessServer witness;
  private final KafkaClients clients;
  private TestService service;

  AuditStack(Path root) throws Exception {
    this.root = root;
    this.secrets = new SecretStore(root.resolve("secrets"), new SecureRandom());
    this.postgres =
        EmbeddedPostgres.start(
            PostgresSettings.in(root, EmbeddedCache.path(), LoopbackPorts.free(), secrets));
    createRoles();
    this.kafka = EmbeddedKafka.startInProcess(KafkaSettings.temporary(root.resolve("k"), USERS));
    try (var admin = kafka.admin()) {
      TopicCatalogue.load().ensureTopics(admin);
      TopicCatalogue.load().ensureAccess(admin);
    }
    var settings =
        WitnessSettings.onLoopback(
            root.resolve("witness"), 0, "weir.example/witness", root.resolve("keys/log.vkey"));
    this.witness = HttpWitnessServer.start(settings, Clock.systemUTC(), new SecureRandom());
    var login =
        new KafkaAccess(
            kafka.bootstrapServers(), "query", Secret.read(kafka.user("query").passwordFile()));
    this.clients = new KafkaClients(login, new HttpSchemaRegistry(registry.address(), login));
    start();
  }

  TestService service() {
    return service;
  }

  LocalIssuer issuer() {
    return issuer;
  }

  Path log() {
    return root.resolve("log");
  }

  void restart() {
    service.close();
    start();
  }

  private void start() {
    service = TestService.start(new AuditApplication(), "audit", issuer, configuration());
  }

  private Map<String, Object> configuration() {
    var audit = kafka.user("audit");
    return Map.of(
        "database",
        Map.of(
            "jdbcUrl", postgres.jdbcUrl("postgres"),
            "applicationUser", "weir_audit",
            "applicationPasswordFile", file("weir_audit"),
            "migrationUser", DatabaseRoles.MIGRATION,
            "migrationPasswordFile", file(DatabaseRoles.MIGRATION),
            "relayUser", DatabaseRoles.RELAY,
            "relayPasswordFile", file(DatabaseRoles.RELAY)),
        "kafka",
        Map.of(
            "bootstrapServers", kafka.bootstrapServers(),
            "username", "audit",
            "passwordFile", audit.passwordFile().toString(),
            "registryUrl", registry.address().toString()),
        "log",
        Map.of(
            "directory", log().toString(),
            "keys", root.resolve("keys").toString(),
            "origin", "weir.example/log",
            "witness", "http://127.0.0.1:" + witness.port(),
            "witnessKey", root.resolve("witness/witness.vkey").toString()));
  }

  private String file(String role) {
    return secrets.of("postgres", role).passwordFile().toString();
  }

  private void createRoles() throws SQLException {
    var passwords = new HashMap<String, Secret>();
    for (var role : DatabaseRoles.all()) {
      passwords.put(role, Secret.read(secrets.of("postgres", role).passwordFile()));
    }
    try (var superuser = postgres.dataSource("postgres", postgres.superuser()).getConnection()) {
      DatabaseRoles.create(superuser, passwords);
    }
  }

  /** Sends leaves as a service's relay would, each {@code copies} times. */
  void send(List<Leaf> leaves, int copies) throws Exception {
    try (var producer = clients.idempotentProducer()) {
      for (var leaf : leaves) {
        var entry =
            new EvidenceEntry(
                leaf.id().toString(),
                leaf.source(),
                leaf.readers().stream().map(Object::toString).toList(),
                ByteBuffer.wrap(leaf.body().bytes()));
        for (int i = 0; i < copies; i++) {
          producer.send(new ProducerRecord<>(EvidenceLog.TOPIC, leaf.id().toString(), entry));
        }
      }
      producer.flush();
    }
  }

  @Override
  public void close() throws IOException {
    service.close();
    witness.close();
    kafka.close();
    registry.close();
    issuer.close();
    postgres.close();
  }
}
