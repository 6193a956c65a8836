package dev.weir.runtime.connect;

import com.codahale.metrics.MetricRegistry;
import dev.weir.runtime.config.DatabaseConfiguration;
import dev.weir.runtime.config.KafkaConfiguration;
import dev.weir.runtime.evidence.EvidenceLog;
import dev.weir.runtime.kafka.HttpSchemaRegistry;
import dev.weir.runtime.kafka.KafkaAccess;
import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.runtime.kafka.TopicCatalogue;
import dev.weir.runtime.outbox.Outbox;
import dev.weir.runtime.outbox.OutboxRelay;
import dev.weir.runtime.outbox.OutboxSignal;
import dev.weir.runtime.outbox.StatePublisher;
import dev.weir.runtime.secret.Secret;
import dev.weir.runtime.sql.Database;
import dev.weir.runtime.sql.DatabaseAccess;
import dev.weir.runtime.sql.Migrations;
import java.time.InstantSource;

/**
 * A service's database, Kafka clients, outbox and way to the evidence log.
 *
 * @param relay not started; it keeps trying while broker or registry are away, so a service that is
 *     itself the registry may start it at any time
 * @param database stopped by whoever opened this
 */
public record Connections(
    Database database,
    KafkaClients kafka,
    Outbox outbox,
    OutboxRelay relay,
    StatePublisher states,
    EvidenceLog evidence,
    TopicCatalogue topics) {
  private static final int MAX_CONNECTIONS = 12;

  /** Brings the service's schema forward, then opens everything; Kafka is first asked when used. */
  public static Connections open(
      String service,
      DatabaseConfiguration database,
      KafkaConfiguration kafka,
      MetricRegistry metrics,
      InstantSource clock) {
    Migrations.migrate(
        access(database, database.migrationUser(), Secret.read(database.migrationPasswordFile())),
        service);
    var access =
        new KafkaAccess(
            kafka.bootstrapServers(), kafka.username(), Secret.read(kafka.passwordFile()));
    var clients = new KafkaClients(access, new HttpSchemaRegistry(kafka.registryUrl(), access));
    var signal = new OutboxSignal();
    var outbox = new Outbox(service, signal);
    var relayAccess =
        access(database, database.relayUser(), Secret.read(database.relayPasswordFile()));
    return new Connections(
        Database.open(
            access(
                database,
                database.applicationUser(),
                Secret.read(database.applicationPasswordFile())),
            service,
            MAX_CONNECTIONS,
            metrics),
        clients,
        outbox,
        new OutboxRelay(relayAccess, service, clients, signal, clock),
        new StatePublisher(outbox),
        new EvidenceLog(outbox, service),
        TopicCatalogue.load());
  }

  private static DatabaseAccess access(
      DatabaseConfiguration database, String user, Secret password) {
    return new DatabaseAccess(database.jdbcUrl(), user, password);
  }
}
