package dev.weir.benchmarks.stack;

import dev.weir.runtime.embedded.ChildProcessKafka;
import dev.weir.runtime.embedded.EmbeddedKafka;
import dev.weir.runtime.embedded.KafkaSettings;
import dev.weir.runtime.kafka.HttpSchemaRegistry;
import dev.weir.runtime.kafka.KafkaAccess;
import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.runtime.kafka.TopicCatalogue;
import dev.weir.runtime.secret.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * The embedded broker in a process of its own, as {@code weir up} runs it, with the catalogue's
 * topics and access rules.
 */
public final class BenchBroker implements AutoCloseable {
  private static final List<String> USERS =
      List.of("space", "intake", "query", "audit", "leader", "helper");

  private final ChildProcessKafka broker;
  private final BenchRegistry registry;

  private BenchBroker(ChildProcessKafka broker, BenchRegistry registry) {
    this.broker = broker;
    this.registry = registry;
  }

  public static BenchBroker start(Path directory)
      throws IOException, ExecutionException, InterruptedException {
    var settings = KafkaSettings.temporary(directory, USERS).with(KafkaSettings.Timeouts.ORDINARY);
    var broker = EmbeddedKafka.startChildProcess(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close)); // after Ctrl-C
    var catalogue = TopicCatalogue.load();
    try (var admin = broker.admin()) {
      catalogue.ensureTopics(admin);
      catalogue.ensureAccess(admin);
    }
    return new BenchBroker(broker, BenchRegistry.start());
  }

  /** Clients that act as a service. */
  public KafkaClients as(String service) {
    var access =
        new KafkaAccess(
            broker.bootstrapServers(), service, Secret.read(broker.user(service).passwordFile()));
    return new KafkaClients(access, new HttpSchemaRegistry(registry.address(), access));
  }

  /** As its administrator; closed by the caller. */
  public Admin admin() {
    return broker.admin();
  }

  /** The broker's own process. */
  public ProcessHandle process() {
    return broker.process();
  }

  /** The keys of a service's configuration file. */
  public Map<String, String> configuration(String service) {
    URI address = registry.address();
    return Map.of(
        "bootstrapServers", broker.bootstrapServers(),
        "username", service,
        "passwordFile", broker.user(service).passwordFile().toString(),
        "registryUrl", address.toString());
  }

  @Override
  public void close() {
    broker.close();
    registry.close();
  }
}
