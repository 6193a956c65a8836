package dev.weir.aggregation.stream;

import dev.weir.kernel.CreditCode;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;

/** The helper's topology: each request is decided on, counted and answered in one step. */
public final class KafkaHelperTopology {
  private static final String HELPING = "helping";
  private static final String JOBS = "jobs";
  private static final String JOB_ANSWERS = "job-answers";

  private KafkaHelperTopology() {}

  /**
   * @param leader who has the broker's login of the leader; its word goes for its own tasks only
   * @param lanes as the leader's
   * @param kept where lanes are kept: {@code Stores::persistentKeyValueStore}
   */
  public static Topology of(
      LaneParts parts,
      CreditCode leader,
      int lanes,
      Function<String, KeyValueBytesStoreSupplier> kept) {
    var bytes = new ByteArrayDeserializer();
    var out = new ByteArraySerializer();
    var topology =
        new Topology()
            .addSource("requests", bytes, bytes, AggregationTopics.PREPARATION)
            .addSource("foreign", bytes, bytes, AggregationTopics.JOBS)
            .addProcessor(
                HELPING, () -> new KafkaLane(LaneStep.helping(parts, leader), parts), "requests")
            .addProcessor(
                JOBS, () -> new KafkaLane(LaneStep.helping(parts), parts, JOB_ANSWERS), "foreign");
    KafkaLaneStore.builders(kept).forEach(store -> topology.addStateStore(store, HELPING, JOBS));
    return topology
        .addSink(
            KafkaLane.PEER,
            AggregationTopics.ANSWERS,
            out,
            out,
            new KafkaLanePartitioner(lanes),
            HELPING)
        .addSink(
            JOB_ANSWERS,
            AggregationTopics.JOB_ANSWERS,
            out,
            out,
            new KafkaLanePartitioner(lanes),
            JOBS)
        .addSink(KafkaLane.BATCHES, AggregationTopics.HELPER_BATCHES, out, out, HELPING, JOBS)
        .addSink(
            KafkaLane.DEAD_LETTERS, AggregationTopics.HELPER_DEAD_LETTERS, out, out, HELPING, JOBS);
  }
}
