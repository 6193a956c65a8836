package dev.weir.aggregation.stream;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Keeps a message in its lane, whatever number of partitions a topic has by now: a lane is a
 * partition for ever.
 */
record KafkaLanePartitioner(int lanes) implements StreamPartitioner<byte[], byte[]> {
  @Override
  public Optional<Set<Integer>> partitions(String topic, byte[] key, byte[] value, int partitions) {
    return Optional.of(Set.of(LaneKey.of(key).lane(lanes)));
  }
}
