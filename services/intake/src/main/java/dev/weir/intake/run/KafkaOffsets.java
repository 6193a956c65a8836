package dev.weir.intake.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Ends of topics, whatever transactions are open. */
final class KafkaOffsets {
  private static final long PATIENCE_SECONDS = 30;

  private KafkaOffsets() {}

  /**
   * @return [partition] offset after the last message, committed or not
   */
  static List<Long> ends(Admin admin, String topic, int partitions) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    for (int i = 0; i < partitions; i++) {
      wanted.put(new TopicPartition(topic, i), OffsetSpec.latest());
    }
    try {
      var found =
          admin
              .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
              .all()
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      var ends = new ArrayList<Long>();
      for (int i = 0; i < partitions; i++) {
        var end = found.get(new TopicPartition(topic, i));
        if (end == null) {
          throw new KafkaException("a partition has no end");
        }
        ends.add(end.offset());
      }
      return ends;
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("the ends of a topic could not be listed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }
}
