package dev.weir.aggregation.stream;

import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;

/**
 * The leader's topology. Reports are admitted and sent to the helper; the helper's answers settle
 * them. Both halves share the tables of their lane.
 */
public final class KafkaLeaderTopology {
  private static final String ADMISSION = "admission";
  private static final String SETTLEMENT = "settlement";

  private KafkaLeaderTopology() {}

  /**
   * @param lanes partitions of every topic; a property of the operator, as long as one task lives
   * @param kept where lanes are kept: {@code Stores::persistentKeyValueStore}
   */
  public static Topology of(
      LaneParts parts, int lanes, Function<String, KeyValueBytesStoreSupplier> kept) {
    var bytes = new ByteArrayDeserializer();
    var topology =
        new Topology()
            .addSource("reports", bytes, bytes, AggregationTopics.REPORTS)
            .addSource("answers", bytes, bytes, AggregationTopics.ANSWERS)
            .addProcessor(
                ADMISSION, () -> new KafkaLane(LaneStep.admission(parts), parts), "reports")
            .addProcessor(
                SETTLEMENT, () -> new KafkaLane(LaneStep.settlement(parts), parts), "answers");
    KafkaLaneStore.builders(kept)
        .forEach(store -> topology.addStateStore(store, ADMISSION, SETTLEMENT));
    var lane = new KafkaLanePartitioner(lanes);
    var out = new ByteArraySerializer();
    return topology
        .addSink(KafkaLane.PEER, AggregationTopics.PREPARATION, out, out, lane, ADMISSION)
        .addSink(KafkaLane.BATCHES, AggregationTopics.LEADER_BATCHES, out, out, SETTLEMENT)
        .addSink(
            KafkaLane.DEAD_LETTERS,
            AggregationTopics.LEADER_DEAD_LETTERS,
            out,
            out,
            ADMISSION,
            SETTLEMENT);
  }
}
