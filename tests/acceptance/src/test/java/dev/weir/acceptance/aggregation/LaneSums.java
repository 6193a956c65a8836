package dev.weir.acceptance.aggregation;

import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.aggregation.lane.LaneTable;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What an aggregator's lanes hold of a task's batches, as their changelog has it. */
final class LaneSums {
  private LaneSums() {}

  /** Keys of sums and of contributions that are not deleted, and of those that ever were. */
  record Rows(Set<Bytes> held, Set<Bytes> ever) {}

  static Rows of(EmbeddedServices services, String role, TaskId task) {
    var last = new HashMap<Bytes, byte @Nullable []>();
    try (var consumer = services.kafka(role).bytesConsumer()) {
      var partitions =
          consumer.partitionsFor(role + "-verification-totals-changelog").stream()
              .map(one -> new TopicPartition(one.topic(), one.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        for (var row : consumer.poll(Duration.ofMillis(200))) {
          var key = Bytes.owning(row.key());
          if (isOf(task, key)) {
            last.put(key, row.value());
          }
        }
      }
    }
    var ever = Set.copyOf(last.keySet());
    last.values().removeIf(value -> value == null);
    return new Rows(Set.copyOf(last.keySet()), ever);
  }

  private static boolean isOf(TaskId task, Bytes key) {
    for (LaneTable table : List.of(LaneTable.BUCKETS, LaneTable.CONTRIBUTIONS)) {
      var prefix = new WireWriter().u8(table.ordinal()).message(task).toBytes();
      if (key.hex().startsWith(prefix.hex())) {
        return true;
      }
    }
    return false;
  }
}
