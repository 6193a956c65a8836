package dev.weir.acceptance.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.acceptance.stack.Records;
import dev.weir.aggregation.hpke.ShareOpener;
import dev.weir.aggregation.stream.AggregationTopics;
import dev.weir.aggregation.stream.KafkaHelperTopology;
import dev.weir.aggregation.stream.KafkaVerification;
import dev.weir.aggregation.stream.LaneParts;
import dev.weir.aggregation.stream.MeteredReports;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.TaskBook;
import dev.weir.aggregation.task.TaskStore;
import dev.weir.aggregation.verify.ReportRules;
import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.wire.Bytes;
import dev.weir.runtime.embedded.EmbeddedKafka;
import dev.weir.runtime.embedded.KafkaSettings;
import dev.weir.runtime.kafka.HttpSchemaRegistry;
import dev.weir.runtime.kafka.KafkaAccess;
import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.runtime.kafka.TopicCatalogue;
import dev.weir.runtime.secret.Secret;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a leader's login can write on a real broker, the helper's lanes go on. */
class HostileMessagesTest {
  private static final int MOST = AggregationTopics.MOST_MESSAGE_BYTES;

  @TempDir private Path directory;
  private EmbeddedKafka broker;
  private final PrometheusRegistry metrics = new PrometheusRegistry();

  private record NoTasks() implements TaskStore {
    @Override
    public Optional<AggregationTask> find(TaskId id) {
      return Optional.empty();
    }

    @Override
    public List<TaskId> all() {
      return List.of();
    }
  }

  private record NoKeys() implements ShareOpener {
    @Override
    public boolean knows(int configId) {
      return false;
    }

    @Override
    public Optional<Bytes> open(HpkeCiphertext sealed, Bytes aad) {
      return Optional.empty();
    }
  }

  @BeforeEach
  void start() throws Exception {
    broker =
        EmbeddedKafka.startInProcess(
            KafkaSettings.temporary(directory.resolve("kafka"), List.of("leader", "helper")));
    var catalogue = TopicCatalogue.load();
    try (var admin = broker.admin()) {
      catalogue.ensureTopics(admin);
      catalogue.ensureAccess(admin);
    }
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void messagesThatAreTooLong_orOfNoTime_arePutAside_andThoseBehindThemComeThrough()
      throws Exception {
    try (var leader = clients("leader").bytesProducer(MOST + 1_000)) {
      longest(leader);
      leader.send(ofNoTime()).get();
      leader.send(new ProducerRecord<>(AggregationTopics.PREPARATION, 0, key(), new byte[9])).get();
    }
    var store = new NoTasks();
    var clock = InstantSource.system();
    var parts =
        new LaneParts(
            new TaskBook(store),
            store,
            new ReportRules(clock),
            new NoKeys(),
            new MeteredReports(metrics),
            clock);
    var lanes =
        new KafkaVerification(
            clients("helper"),
            KafkaHelperTopology.of(parts, Clinics.LEADER.party(), 4, Stores::inMemoryKeyValueStore),
            new KafkaVerification.Settings(
                "helper-verification", directory.resolve("lanes"), 1, Duration.ofMillis(100), 1),
            clock);
    lanes.start();
    try {
      Records.await(this::putAside, count -> count == 3);
      assertThat(lanes.works()).isTrue();
    } finally {
      lanes.stop();
    }
  }

  /** What a reader would unpack counts, not what came. */
  @Test
  void messagesThatUnpackToMoreThanTheLimit_areRefusedByTheBroker() {
    var settings = new HashMap<>(clients("leader").connection());
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 64 << 20);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 128L << 20);
    var bytes = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(settings, bytes, bytes)) {
      for (String topic : List.of(AggregationTopics.PREPARATION, "leader.share-requests")) {
        var bomb = new ProducerRecord<>(topic, 0, key(), new byte[40 << 20]);
        assertThatThrownBy(() -> producer.send(bomb).get())
            .hasCauseInstanceOf(RecordTooLargeException.class);
      }
    }
  }

  /** As long as the broker takes: a letter about it would be longer. */
  private static void longest(Producer<byte[], byte[]> leader) throws Exception {
    for (int less = 0; less < 500; less++) {
      try {
        leader
            .send(
                new ProducerRecord<>(
                    AggregationTopics.PREPARATION, 0, key(), new byte[MOST - less]))
            .get();
        return;
      } catch (java.util.concurrent.ExecutionException tooLong) {
        assertThat(tooLong).hasCauseInstanceOf(RecordTooLargeException.class);
      }
    }
    throw new AssertionError("the broker takes nothing that is nearly as long as its limit");
  }

  /** Other clients may send such records; ours would not. */
  private static ProducerRecord<byte[], byte[]> ofNoTime() throws ReflectiveOperationException {
    var record = new ProducerRecord<>(AggregationTopics.PREPARATION, 0, 1L, key(), new byte[9]);
    var time = ProducerRecord.class.getDeclaredField("timestamp");
    time.setAccessible(true);
    time.set(record, -1L);
    return record;
  }

  private static byte[] key() {
    return new byte[1];
  }

  private long putAside() {
    return metrics.scrape(name -> name.equals("aggregation_lane_messages_put_aside")).stream()
        .flatMap(metric -> ((CounterSnapshot) metric).getDataPoints().stream())
        .mapToLong(point -> (long) point.getValue())
        .sum();
  }

  private KafkaClients clients(String user) {
    var access =
        new KafkaAccess(
            broker.bootstrapServers(), user, Secret.read(broker.user(user).passwordFile()));
    return new KafkaClients(
        access, new HttpSchemaRegistry(URI.create("http://127.0.0.1:1"), access));
  }
}
