package dev.weir.aggregation.job;

import dev.weir.aggregation.stream.AggregationTopics;
import dev.weir.aggregation.stream.Carried;
import dev.weir.aggregation.stream.KafkaFeed;
import dev.weir.dap.job.VerifyResp;
import dev.weir.dap.wire.Bytes;
import dev.weir.runtime.kafka.KafkaClients;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What lanes say to the reports of foreign jobs, on its way to {@link AggregationJobs}. */
public final class KafkaJobAnswers {
  private KafkaJobAnswers() {}

  /**
   * @param group begins with the service's name
   * @param unreadable takes what is no answer
   */
  public static KafkaFeed feed(
      KafkaClients kafka,
      String group,
      AggregationJobs jobs,
      Consumer<ConsumerRecord<byte[], byte[]>> unreadable) {
    return KafkaFeed.ofRecords(
        kafka, group, AggregationTopics.JOB_ANSWERS, record -> take(record, jobs), unreadable);
  }

  /** Markers that come back are of no interest. */
  private static void take(ConsumerRecord<byte[], byte[]> record, AggregationJobs jobs) {
    var job = record.headers().lastHeader(AggregationTopics.JOB_HEADER);
    if (job != null
        && Carried.read(record.value(), VerifyResp::read)
            instanceof Carried.Item<VerifyResp>(VerifyResp answer)) {
      jobs.answered(JobId.of(Bytes.owning(job.value())), answer);
    }
  }
}
