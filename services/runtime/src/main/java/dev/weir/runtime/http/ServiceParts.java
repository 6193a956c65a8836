package dev.weir.runtime.http;

import dev.weir.runtime.config.DatabaseConfiguration;
import dev.weir.runtime.config.KafkaConfiguration;
import dev.weir.runtime.config.WeirConfiguration;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.kafka.HttpSchemaRegistry;
import dev.weir.runtime.kafka.KafkaAccess;
import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.runtime.kafka.KafkaTransport;
import dev.weir.runtime.kafka.SchemaIds;
import dev.weir.runtime.outbox.Outbox;
import dev.weir.runtime.outbox.OutboxRelay;
import dev.weir.runtime.outbox.OutboxSignal;
import dev.weir.runtime.secret.Secret;
import dev.weir.runtime.sql.Database;
import dev.weir.runtime.sql.DatabaseAccess;
import dev.weir.runtime.sql.Migrations;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The database, Kafka and the outbox of one service, each made when it is first asked for and
 * stopped with the service. Confined to the service's {@code run}.
 */
final class ServiceParts {
  private static final Duration RELAY_LAG = Duration.ofSeconds(30);
  private static final int HEALTH_TIMEOUT_SECONDS = 2;

  private final WeirConfiguration configuration;
  private final ServiceEnvironment service;
  private @Nullable Database database;
  private @Nullable KafkaClients kafka;
  private @Nullable Outbox outbox;

  ServiceParts(WeirConfiguration configuration, ServiceEnvironment service) {
    this.configuration = configuration;
    this.service = service;
  }

  /** Migrates the service's schema, then opens it as the application role. */
  Database database() {
    return database(service.serviceName());
  }

  /**
   * @param folder of the migrations; only the first call decides
   */
  Database database(String folder) {
    if (database == null) {
      var at = configuration.database();
      Migrations.migrate(
          access(at, at.migrationUser(), at.migrationPasswordFile()),
          service.serviceName(),
          folder);
      var opened =
          Database.open(
              access(at, at.applicationUser(), at.applicationPasswordFile()),
              service.serviceName(),
              at.maxConnections(),
              service.dropwizard().metrics());
      service.manage(opened);
      service.health("database", () -> answers(opened));
      database = opened;
    }
    return database;
  }

  KafkaClients kafka(Function<KafkaAccess, SchemaIds> schemaIds) {
    if (kafka == null) {
      KafkaAccess login = broker();
      kafka = new KafkaClients(login, schemaIds.apply(login));
    }
    return kafka;
  }

  KafkaAccess broker() {
    KafkaConfiguration at = configuration.kafka();
    KafkaTransport transport =
        at.trustedCertificates()
            .<KafkaTransport>map(KafkaTransport.Tls::new)
            .orElseGet(KafkaTransport.Loopback::new);
    return new KafkaAccess(
        at.bootstrapServers(), transport, at.username(), Secret.read(at.passwordFile()));
  }

  KafkaClients kafka() {
    return kafka(login -> new HttpSchemaRegistry(configuration.kafka().registryUrl(), login));
  }

  /** Starts the relay with the service, too. */
  Outbox outbox() {
    if (outbox == null) {
      database();
      var signal = new OutboxSignal();
      var at = configuration.database();
      var relay =
          new OutboxRelay(
              access(at, at.relayUser(), at.relayPasswordFile()),
              service.serviceName(),
              kafka(),
              signal,
              service.clock());
      service.manage(relay);
      service.health("outbox", () -> relay.keepsUp(RELAY_LAG));
      outbox = new Outbox(service.serviceName(), signal);
    }
    return outbox;
  }

  EvidenceLog evidence() {
    return new EvidenceLog(outbox(), service.serviceName());
  }

  private static DatabaseAccess access(DatabaseConfiguration at, String user, Path passwordFile) {
    return new DatabaseAccess(at.jdbcUrl(), user, Secret.read(passwordFile));
  }

  private static boolean answers(Database database) {
    try (var connection = database.dataSource().getConnection()) {
      return connection.isValid(HEALTH_TIMEOUT_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }
}
