package dev.weir.aggregation.stream;

import dev.weir.aggregation.hpke.ShareOpener;
import dev.weir.aggregation.lane.LaneShare;
import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.TaskBook;
import dev.weir.aggregation.task.TaskStore;
import dev.weir.aggregation.verify.LeaderVerifier;
import dev.weir.aggregation.verify.Reason;
import dev.weir.aggregation.verify.ReportRules;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.job.AggregationJobInitReq;
import dev.weir.dap.job.ReportShare;
import dev.weir.dap.job.VerifyInit;
import dev.weir.dap.report.Report;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.privacy.vdaf.AggregateShare;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;

/** Both topologies in memory, one lane each, with the wire between them in the test's hands. */
final class TwoAggregators implements AutoCloseable {
  final RehearsalTask task;
  final Side leader;
  final Side helper;

  TwoAggregators(RehearsalTask task, InstantSource clock, Path state) {
    this.task = task;
    var atLeader = new PrometheusRegistry();
    var atHelper = new PrometheusRegistry();
    this.leader =
        new Side(
            KafkaLeaderTopology.of(
                parts(task.leaderRing, clock, atLeader), 1, Stores::inMemoryKeyValueStore),
            state.resolve("l"),
            atLeader);
    this.helper =
        new Side(
            KafkaHelperTopology.of(
                parts(task.helperRing, clock, atHelper),
                RehearsalTask.LEADER,
                1,
                Stores::inMemoryKeyValueStore),
            state.resolve("h"),
            atHelper);
  }

  private LaneParts parts(ShareOpener opener, InstantSource clock, PrometheusRegistry metrics) {
    var store = new OneTask(task.task);
    return new LaneParts(
        new TaskBook(store),
        store,
        new ReportRules(clock),
        opener,
        new MeteredReports(metrics),
        clock);
  }

  private record OneTask(AggregationTask task) implements TaskStore {
    @Override
    public Optional<AggregationTask> find(TaskId id) {
      return Optional.of(task).filter(it -> it.id().equals(id));
    }

    @Override
    public List<TaskId> all() {
      return List.of(task.id());
    }
  }

  void upload(Report report) {
    var key = new LaneKey.OfReport(task.task.id(), report.metadata().id()).encoded();
    leader.in(AggregationTopics.REPORTS, key, Carried.item(report));
  }

  void mark(Marker marker) {
    var key = new LaneKey.OfMarker(task.task.id(), marker.collection(), 0).encoded();
    leader.in(AggregationTopics.REPORTS, key, Carried.marker(marker));
  }

  /** As a leader sends it that may send anything. */
  void markAtHelper(Marker marker) {
    var key = new LaneKey.OfMarker(task.task.id(), marker.collection(), 0).encoded();
    helper.in(AggregationTopics.PREPARATION, key, Carried.marker(marker));
  }

  /** As a leader asks that verifies nothing and has no rule. */
  void ask(Report report) {
    var start = new LeaderVerifier(task.leaderRing).start(task.task, report);
    var payload = ((LeaderVerifier.Start.Started) start).payload();
    var init =
        new VerifyInit(
            new ReportShare(report.metadata(), report.publicShare(), report.helper()), payload);
    var request = new AggregationJobInitReq(0, Bytes.EMPTY, List.of(), List.of(init));
    var key = new LaneKey.OfReport(task.task.id(), report.metadata().id()).encoded();
    helper.in(AggregationTopics.PREPARATION, key, Carried.item(request));
  }

  /** Carries everything to the helper and all answers back. */
  void exchange() {
    for (var request : leader.out(AggregationTopics.PREPARATION)) {
      helper.in(AggregationTopics.PREPARATION, request);
    }
    for (var answer : helper.out(AggregationTopics.ANSWERS)) {
      leader.in(AggregationTopics.ANSWERS, answer);
    }
  }

  void close(int collection, TimeInterval interval) {
    mark(marker(collection, Marker.Kind.CLOSE, interval));
    exchange();
  }

  static Marker marker(int collection, Marker.Kind kind, TimeInterval interval) {
    return new Marker(name(collection), kind, new BatchSelector.OfInterval(interval));
  }

  static Bytes name(int collection) {
    byte[] name = new byte[Marker.COLLECTION_LENGTH];
    name[0] = (byte) collection;
    return Bytes.owning(name);
  }

  LaneShare leaderShare() {
    return share(leader, AggregationTopics.LEADER_BATCHES);
  }

  LaneShare helperShare() {
    return share(helper, AggregationTopics.HELPER_BATCHES);
  }

  /** What both shares together are, without noise. */
  List<BigInteger> unshard(LaneShare one, LaneShare other) {
    return task.task
        .vdaf()
        .unshard(
            List.of(
                AggregateShare.of(one.sum().share().toArray()),
                AggregateShare.of(other.sum().share().toArray())));
  }

  private static LaneShare share(Side side, String topic) {
    return WireReader.whole(side.out(topic).getLast().value(), LaneShare::read);
  }

  @Override
  public void close() {
    leader.driver.close();
    helper.driver.close();
  }

  /** One aggregator. */
  static final class Side {
    final TopologyTestDriver driver;
    private final PrometheusRegistry metrics;

    Side(Topology topology, Path state, PrometheusRegistry metrics) {
      this.metrics = metrics;
      var settings = new Properties();
      settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
      settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
      driver = new TopologyTestDriver(topology, settings);
    }

    /** What the operator's dashboard shows of refusals. */
    Map<Reason, Long> refusalsShown() {
      var shown = new EnumMap<Reason, Long>(Reason.class);
      for (MetricSnapshot metric :
          metrics.scrape(name -> name.equals("aggregation_reports_refused"))) {
        for (var point : ((CounterSnapshot) metric).getDataPoints()) {
          String label = String.valueOf(point.getLabels().get("reason"));
          Arrays.stream(Reason.values())
              .filter(reason -> reason.label().equals(label))
              .forEach(reason -> shown.put(reason, (long) point.getValue()));
        }
      }
      return shown;
    }

    /** What it shows of messages that were put aside. */
    long putAsideShown(String reason) {
      return metrics.scrape(name -> name.equals("aggregation_lane_messages_put_aside")).stream()
          .flatMap(metric -> ((CounterSnapshot) metric).getDataPoints().stream())
          .filter(point -> reason.equals(point.getLabels().get("reason")))
          .mapToLong(point -> (long) point.getValue())
          .sum();
    }

    long gapsShown() {
      return metrics.scrape(name -> name.equals("aggregation_lane_gaps")).stream()
          .flatMap(metric -> ((CounterSnapshot) metric).getDataPoints().stream())
          .mapToLong(point -> (long) point.getValue())
          .sum();
    }

    void in(String topic, Bytes key, Bytes value) {
      in(topic, new TestRecord<>(key.toArray(), value.toArray()));
    }

    void in(String topic, TestRecord<byte[], byte[]> record) {
      var bytes = new ByteArraySerializer();
      driver
          .createInputTopic(topic, bytes, bytes)
          .pipeInput(new TestRecord<>(record.key(), record.value(), record.headers()));
    }

    List<TestRecord<byte[], byte[]>> out(String topic) {
      var bytes = new ByteArrayDeserializer();
      return new ArrayList<>(driver.createOutputTopic(topic, bytes, bytes).readRecordsToList());
    }
  }

  static Map<Reason, Long> reasons(Reason reason, long count) {
    return new EnumMap<>(Map.of(reason, count));
  }
}
