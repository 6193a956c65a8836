package dev.weir.aggregation.upload;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.stream.AggregationTopics;
import dev.weir.dap.profile.Lane;
import dev.weir.dap.report.Report;
import dev.weir.privacy.vdaf.Measurement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaReportSinkTest {
  private static final int LANES = 4;
  private static final int REPORTS = 40;

  @Test
  void eachReport_goesToItsLane_howeverManyPartitionsThereAre() {
    // given
    var task = aTask().lanes(LANES).contributors(8, 2).make();
    var reports = new ArrayList<Report>();
    for (int i = 0; i < REPORTS; i++) {
      reports.add(task.maker(i % 8, InstantSource.system()).make(Measurement.yes(true)));
    }
    var bytes = new ByteArraySerializer();
    var producer = new MockProducer<>(partitions(LANES + 3), true, null, bytes, bytes);
    // when
    new KafkaReportSink(producer).take(task.task, reports);
    // then
    var used = new HashSet<Integer>();
    List<ProducerRecord<byte[], byte[]>> sent = producer.history();
    assertThat(sent).hasSize(REPORTS);
    for (int i = 0; i < REPORTS; i++) {
      int lane = Lane.of(task.task.id(), reports.get(i).metadata().id(), LANES);
      assertThat(sent.get(i).partition()).isEqualTo(lane);
      used.add(lane);
    }
    assertThat(used).hasSizeGreaterThan(1);
  }

  private static Cluster partitions(int count) {
    var all = new ArrayList<PartitionInfo>();
    for (int i = 0; i < count; i++) {
      all.add(
          new PartitionInfo(AggregationTopics.REPORTS, i, Node.noNode(), new Node[0], new Node[0]));
    }
    return new Cluster("none", List.of(), all, new HashSet<>(), new HashSet<>());
  }
}
