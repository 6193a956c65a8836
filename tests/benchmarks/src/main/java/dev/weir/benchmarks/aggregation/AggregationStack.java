package dev.weir.benchmarks.aggregation;

import dev.weir.aggregation.collect.KafkaLaneMarkers;
import dev.weir.aggregation.lane.Bucket;
import dev.weir.aggregation.lane.LaneShare;
import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.stream.AggregationTopics;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.benchmarks.stack.BenchBroker;
import dev.weir.benchmarks.stack.BenchContracts;
import dev.weir.benchmarks.stack.BenchDatabase;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.testkit.LocalIssuer;
import dev.weir.testkit.TestService;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

/** Both aggregators as processes, on a real broker and a real database. Confined. */
final class AggregationStack implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final SecureRandom random = new SecureRandom();
  private final Path directory;
  private final BenchDatabase database;
  private final BenchBroker broker;
  private final LocalIssuer issuer;
  private final Connection superuser;
  private final Producer<byte[], byte[]> asLeader;
  private final Aggregators aggregators;

  private AggregationStack(
      Path directory, BenchDatabase database, BenchBroker broker, LocalIssuer issuer)
      throws Exception {
    this.directory = directory;
    this.database = database;
    this.broker = broker;
    this.issuer = issuer;
    this.superuser = database.superuser();
    this.asLeader = broker.as("leader").bytesProducer();
    this.aggregators = new Aggregators(begin("leader", "1"), begin("helper", "1"), issuer);
  }

  static AggregationStack start(Path directory) throws Exception {
    var database = BenchDatabase.start(directory);
    var broker = BenchBroker.start(directory.resolve("broker"));
    BenchContracts.publish(broker, BenchTask.contract());
    return new AggregationStack(directory, database, broker, LocalIssuer.start());
  }

  Aggregators aggregators() {
    return aggregators;
  }

  /**
   * Begins to start an instance of an aggregator.
   *
   * @param role leader or helper
   * @param number of the instance
   */
  AggregatorProcess begin(String role, String number) throws Exception {
    String name = role + "-" + number;
    var keys = new LinkedHashMap<String, Object>();
    keys.put("database", database.configuration(role));
    keys.put("kafka", broker.configuration(role));
    keys.put("role", role.toUpperCase(Locale.ROOT));
    keys.put(
        "address", role.equals("leader") ? BenchTask.LEADER_ADDRESS : BenchTask.HELPER_ADDRESS);
    keys.put("keys", directory.resolve(role + "-keys").toString());
    keys.put("state", directory.resolve(name + "-lanes").toString());
    if (role.equals("helper")) {
      keys.put("leaderParty", BenchTask.LEADER.party().value());
    }
    keys.put("lanes", BenchTask.LANES);
    return AggregatorProcess.begin(name, TestService.configuration(role, issuer, keys), directory);
  }

  /** Closed by the caller. */
  Admin brokerAdmin() {
    return broker.admin();
  }

  /** Processor time so far. */
  double brokerCpuSeconds() {
    return AggregatorProcess.cpuSeconds(broker.process());
  }

  /**
   * Sends a mark behind the reports that were uploaded and waits until it came back through every
   * lane of both.
   */
  Held held(BenchTask task) throws SQLException, InterruptedException {
    byte[] name = new byte[Marker.COLLECTION_LENGTH];
    random.nextBytes(name);
    var batch = new BatchSelector.OfInterval(task.hours());
    new KafkaLaneMarkers(asLeader, AggregationTopics.REPORTS)
        .send(task.task(), new Marker(Bytes.copyOf(name), Marker.Kind.COUNT, batch));
    return new Held(
        awaited(task.task(), "leader", Bytes.owning(name)),
        awaited(task.task(), "helper", Bytes.owning(name)));
  }

  private Bucket awaited(AggregationTask task, String role, Bytes name)
      throws SQLException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    var told = told(task, role, name);
    while (told.isEmpty()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the lanes of the " + role + " say nothing");
      }
      Thread.sleep(10);
      told = told(task, role, name);
    }
    return told.get();
  }

  /** Empty until every lane told its part. */
  private Optional<Bucket> told(AggregationTask task, String role, Bytes name) throws SQLException {
    try (var query =
        superuser.prepareStatement(
            "select share from %s.lane_shares where collection_id = ?".formatted(role))) {
      var id = name.toBuffer();
      query.setObject(1, new UUID(id.getLong(), id.getLong()));
      var sum = Bucket.EMPTY;
      int lanes = 0;
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          var share = WireReader.whole(rows.getBytes("share"), LaneShare::read);
          sum = sum.merge(task.vdaf(), share.sum());
          lanes++;
        }
      }
      return lanes == task.lanes() ? Optional.of(sum) : Optional.empty();
    }
  }

  @Override
  public void close() throws SQLException {
    aggregators.close();
    asLeader.close();
    superuser.close();
    issuer.close();
    broker.close();
    database.close();
  }
}
