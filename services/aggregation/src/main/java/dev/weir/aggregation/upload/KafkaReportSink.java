package dev.weir.aggregation.upload;

import dev.weir.aggregation.stream.AggregationTopics;
import dev.weir.aggregation.stream.Carried;
import dev.weir.aggregation.stream.KafkaSends;
import dev.weir.aggregation.stream.LaneKey;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.dap.report.Report;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** {@link ReportSink} into the lanes of {@code leader.reports}. */
public final class KafkaReportSink implements ReportSink, Managed {
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final Producer<byte[], byte[]> producer;
  private final KafkaSends sends;

  /**
   * @param producer closed with this
   */
  public KafkaReportSink(Producer<byte[], byte[]> producer) {
    this.producer = producer;
    this.sends = new KafkaSends(producer);
  }

  @Override
  public void take(AggregationTask task, List<Report> reports) {
    sends.send(reports.stream().map(report -> record(task, report)).toList());
  }

  private static ProducerRecord<byte[], byte[]> record(AggregationTask task, Report report) {
    var key = new LaneKey.OfReport(task.id(), report.metadata().id());
    return new ProducerRecord<>(
        AggregationTopics.REPORTS,
        key.lane(task.lanes()),
        key.encoded().toArray(),
        Carried.item(report).toArray());
  }

  @Override
  public void stop() {
    producer.close(CLOSING);
  }
}
