package dev.weir.runtime.kafka;

import dev.weir.runtime.embedded.EmbeddedKafka;
import dev.weir.runtime.embedded.KafkaSettings;
import dev.weir.runtime.embedded.LoopbackPorts;
import dev.weir.runtime.embedded.SecretStore;
import dev.weir.runtime.secret.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;

/** A real broker with the catalogue's topics and access rules. */
public final class TestKafka implements AutoCloseable {
  private final KafkaSettings settings;
  private EmbeddedKafka broker;

  private TestKafka(KafkaSettings settings) {
    this.settings = settings;
    this.broker = EmbeddedKafka.startInProcess(settings);
  }

  public static TestKafka start() {
    try {
      Path state = Files.createTempDirectory("weir-kafka-");
      var secrets = new SecretStore(state.resolve("secrets"), new SecureRandom());
      var kafka =
          new TestKafka(
              KafkaSettings.in(
                      state,
                      LoopbackPorts.free(),
                      LoopbackPorts.free(),
                      secrets,
                      List.of("space", "intake", "query", "audit", "leader"))
                  .with(KafkaSettings.Timeouts.FAST_RESTART));
      kafka.applyCatalogue();
      return kafka;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void applyCatalogue() {
    var catalogue = TopicCatalogue.load();
    try (var admin = admin()) {
      catalogue.ensureTopics(admin);
      catalogue.ensureAccess(admin);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public Admin admin() {
    return broker.admin();
  }

  public KafkaAccess as(String service) {
    var user = broker.user(service);
    return new KafkaAccess(broker.bootstrapServers(), service, Secret.of(user.revealPassword()));
  }

  public KafkaClients clients(String service, SchemaIds schemaIds) {
    return new KafkaClients(as(service), schemaIds);
  }

  public void stopBroker() {
    broker.close();
  }

  public void startBroker() {
    broker = EmbeddedKafka.startInProcess(settings);
  }

  @Override
  public void close() {
    broker.close();
  }
}
