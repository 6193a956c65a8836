package dev.weir.aggregation.stream;

import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;

/** The helper's topology: each request is decided on, counted and answered in one step. */
public final class KafkaHelperTopology {
  private static final String HELPING = "helping";

  private KafkaHelperTopology() {}

  /**
   * @param lanes as the leader's
   * @param kept where lanes are kept: {@code Stores::persistentKeyValueStore}
   */
  public static Topology of(
      LaneParts parts, int lanes, Function<String, KeyValueBytesStoreSupplier> kept) {
    var bytes = new ByteArrayDeserializer();
    var out = new ByteArraySerializer();
    var topology =
        new Topology()
            .addSource("requests", bytes, bytes, AggregationTopics.PREPARATION)
            .addProcessor(HELPING, () -> new KafkaLane(LaneStep.helping(parts), parts), "requests");
    KafkaLaneStore.builders(kept).forEach(store -> topology.addStateStore(store, HELPING));
    return topology
        .addSink(
            KafkaLane.PEER,
            AggregationTopics.ANSWERS,
            out,
            out,
            new KafkaLanePartitioner(lanes),
            HELPING)
        .addSink(KafkaLane.BATCHES, AggregationTopics.HELPER_BATCHES, out, out, HELPING)
        .addSink(KafkaLane.DEAD_LETTERS, AggregationTopics.HELPER_DEAD_LETTERS, out, out, HELPING);
  }
}
