package dev.weir.aggregation.upload;

import dev.weir.aggregation.stream.AggregationTopics;
import dev.weir.aggregation.stream.Carried;
import dev.weir.aggregation.stream.LaneKey;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.dap.report.Report;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** {@link ReportSink} into the lanes of {@code leader.reports}. */
public final class KafkaReportSink implements ReportSink, Managed {
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final Producer<byte[], byte[]> producer;

  /**
   * @param producer closed with this
   */
  public KafkaReportSink(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  @Override
  public void take(AggregationTask task, List<Report> reports) {
    var sent = new ArrayList<Future<?>>();
    try {
      for (Report report : reports) {
        var key = new LaneKey.OfReport(task.id(), report.metadata().id());
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    AggregationTopics.REPORTS,
                    key.lane(task.lanes()),
                    key.encoded().toArray(),
                    Carried.item(report).toArray())));
      }
      for (Future<?> each : sent) {
        each.get();
      }
    } catch (KafkaException | ExecutionException e) {
      throw unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    }
  }

  @Override
  public void stop() {
    producer.close(CLOSING);
  }

  private static ProblemException unavailable(Exception cause) {
    var problem =
        new ProblemException(
            ProblemType.UNAVAILABLE, "The reports may not have been taken; send them again.");
    problem.initCause(cause);
    return problem;
  }
}
