package dev.weir.runtime.embedded;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/** The broker inside this process. */
final class InProcessKafka implements EmbeddedKafka {
  private final KafkaSettings settings;
  private final KafkaRaftServer server;

  private InProcessKafka(KafkaSettings settings, KafkaRaftServer server) {
    this.settings = settings;
    this.server = server;
  }

  static InProcessKafka start(KafkaSettings settings) {
    ChildProcessKafka.mend(settings.directory());
    KafkaStorage.format(settings);
    var config = KafkaConfig.fromProps(KafkaProperties.of(settings), false);
    var server = new KafkaRaftServer(config, Time.SYSTEM);
    server.startup();
    return new InProcessKafka(settings, server);
  }

  @Override
  public KafkaSettings settings() {
    return settings;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
