package dev.weir.acceptance.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.acceptance.stack.Records;
import dev.weir.aggregation.stream.AggregationTopics;
import dev.weir.aggregation.stream.KafkaVerification;
import dev.weir.runtime.embedded.EmbeddedKafka;
import dev.weir.runtime.embedded.KafkaSettings;
import dev.weir.runtime.kafka.HttpSchemaRegistry;
import dev.weir.runtime.kafka.KafkaAccess;
import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.runtime.kafka.TopicCatalogue;
import dev.weir.runtime.secret.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A partition more on a topic of the lanes, on a broker with the catalogue's access rules. */
class AddedPartitionTest {
  private static final int LANES = 4;
  private static final String STORE = "seen";
  private static final String CHANGELOG = "leader-verification-" + STORE + "-changelog";

  @TempDir private Path directory;
  private EmbeddedKafka broker;
  private KafkaClients leader;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  @BeforeEach
  void start() throws Exception {
    broker =
        EmbeddedKafka.startInProcess(
            KafkaSettings.temporary(directory.resolve("kafka"), List.of("leader")));
    var catalogue = TopicCatalogue.load();
    try (var admin = broker.admin()) {
      catalogue.ensureTopics(admin);
      catalogue.ensureAccess(admin);
    }
    var access =
        new KafkaAccess(
            broker.bootstrapServers(), "leader", Secret.read(broker.user("leader").passwordFile()));
    leader =
        new KafkaClients(access, new HttpSchemaRegistry(URI.create("http://127.0.0.1:1"), access));
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  /** Says of a word whether its store has it. */
  private final class Remembering implements Processor<byte[], byte[], Void, Void> {
    private @Nullable KeyValueStore<String, Integer> store;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
      store = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      var known = Objects.requireNonNull(store);
      var word = new String(record.value(), StandardCharsets.UTF_8);
      seen.add(known.get(word) == null ? word : word + " again");
      known.put(word, 1);
    }
  }

  private KafkaVerification lanes(String instance) {
    var bytes = new ByteArrayDeserializer();
    var topology =
        new Topology()
            .addSource("reports", bytes, bytes, AggregationTopics.REPORTS)
            .addProcessor("lane", Remembering::new, "reports")
            .addStateStore(
                Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.Integer()),
                "lane");
    var settings =
        new KafkaVerification.Settings(
            "leader-verification", directory.resolve(instance), 1, Duration.ofMillis(100), 1);
    return new KafkaVerification(leader, topology, settings, InstantSource.system());
  }

  private void say(String word, int partition) throws Exception {
    try (var producer = leader.bytesProducer(1 << 20)) {
      producer
          .send(
              new ProducerRecord<>(
                  AggregationTopics.REPORTS,
                  partition,
                  null,
                  word.getBytes(StandardCharsets.UTF_8)))
          .get();
    }
  }

  private void add(String topic) throws Exception {
    try (var admin = broker.admin()) {
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(LANES + 1))).all().get();
    }
  }

  private int partitions(String topic) throws Exception {
    try (var admin = broker.admin()) {
      return admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get()
          .get(topic)
          .partitions()
          .size();
    }
  }

  private void await(String word) {
    Records.await(() -> seen.contains(word), found -> found);
    assertThat(seen).contains(word);
  }

  @Test
  void lanes_goOnWithWhatTheyKnew_whenTheyStartAgain() throws Exception {
    var before = lanes("first");
    before.start();
    say("one", 1);
    await("one");
    before.stop();
    // when
    add(AggregationTopics.REPORTS);
    // then
    var after = lanes("second");
    after.start();
    say("one", 1);
    say("two", LANES);
    await("two");
    await("one again");
    assertThat(partitions(CHANGELOG)).isEqualTo(LANES + 1);
    assertThat(after.works()).isTrue();
    after.stop();
  }

  @Test
  void lanes_goOn_whenItIsAddedWhileTheyRun() throws Exception {
    var running = lanes("first");
    running.start();
    say("one", 1);
    await("one");
    // when
    add(AggregationTopics.REPORTS);
    var joining = lanes("second"); // lanes are shared out anew, with the broker's word of now
    joining.start();
    // then
    say("two", LANES);
    await("two");
    say("one", 1);
    await("one again");
    joining.stop();
    running.stop();
  }

  /** Only what is its own: a topic between parties has the partitions that its broker says. */
  @Test
  void anAggregator_widensItsChangelogsAlone() throws Exception {
    try (var admin = leader.admin()) {
      var wider = Map.of(AggregationTopics.REPORTS, NewPartitions.increaseTo(LANES + 1));
      assertThatThrownBy(() -> admin.createPartitions(wider).all().get())
          .hasCauseInstanceOf(TopicAuthorizationException.class);
    }
    assertThat(partitions(AggregationTopics.REPORTS)).isEqualTo(LANES);
  }
}
