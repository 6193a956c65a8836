package dev.weir.aggregation.job;

import dev.weir.aggregation.stream.AggregationTopics;
import dev.weir.aggregation.stream.Carried;
import dev.weir.aggregation.stream.KafkaSends;
import dev.weir.aggregation.stream.LaneKey;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.dap.job.AggregationJobInitReq;
import dev.weir.dap.job.VerifyInit;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;

/** The lanes as a foreign leader's jobs reach them. Thread-safe. */
public final class KafkaJobLanes {
  private final KafkaSends sends;

  /**
   * @param producer owned by the caller
   */
  public KafkaJobLanes(Producer<byte[], byte[]> producer) {
    this.sends = new KafkaSends(producer);
  }

  /**
   * Returns once all are durable in their lanes' topic.
   *
   * @param inits reports of the request
   */
  void send(
      AggregationTask task, JobId job, AggregationJobInitReq request, List<VerifyInit> inits) {
    sends.send(inits.stream().map(init -> record(task, job, request, init)).toList());
  }

  private static ProducerRecord<byte[], byte[]> record(
      AggregationTask task, JobId job, AggregationJobInitReq request, VerifyInit init) {
    var key = new LaneKey.OfReport(task.id(), init.share().metadata().id());
    var one =
        new AggregationJobInitReq(
            request.verifyKeyId(),
            request.aggregationParameter(),
            request.extensions(),
            List.of(init));
    return new ProducerRecord<>(
        AggregationTopics.JOBS,
        key.lane(task.lanes()),
        key.encoded().toArray(),
        Carried.item(one).toArray(),
        List.of(new RecordHeader(AggregationTopics.JOB_HEADER, job.bytes().toArray())));
  }
}
