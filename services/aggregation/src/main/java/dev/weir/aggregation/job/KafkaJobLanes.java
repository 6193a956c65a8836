package dev.weir.aggregation.job;

import dev.weir.aggregation.collect.LaneMarkers;
import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.stream.AggregationTopics;
import dev.weir.aggregation.stream.Carried;
import dev.weir.aggregation.stream.LaneKey;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.dap.job.AggregationJobInitReq;
import dev.weir.dap.job.VerifyInit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeader;

/** The lanes as a foreign leader's jobs and batches reach them. Thread-safe. */
public final class KafkaJobLanes implements LaneMarkers {
  static final String JOB = "job";

  private final Producer<byte[], byte[]> producer;

  /**
   * @param producer owned by the caller
   */
  public KafkaJobLanes(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /** Returns once every report is durable in its lane's topic. */
  void send(AggregationTask task, JobId job, AggregationJobInitReq request) {
    var sent = new ArrayList<Future<?>>();
    for (VerifyInit init : request.inits()) {
      var key = new LaneKey.OfReport(task.id(), init.share().metadata().id());
      var one =
          new AggregationJobInitReq(
              request.verifyKeyId(),
              request.aggregationParameter(),
              request.extensions(),
              List.of(init));
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  AggregationTopics.JOBS,
                  key.lane(task.lanes()),
                  key.encoded().toArray(),
                  Carried.item(one).toArray(),
                  List.of(new RecordHeader(JOB, job.bytes().toArray())))));
    }
    await(sent);
  }

  @Override
  public void send(AggregationTask task, Marker marker) {
    var sent = new ArrayList<Future<?>>();
    for (int lane = 0; lane < task.lanes(); lane++) {
      var key = new LaneKey.OfMarker(task.id(), marker.collection(), lane);
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  AggregationTopics.JOBS,
                  lane,
                  key.encoded().toArray(),
                  Carried.marker(marker).toArray())));
    }
    await(sent);
  }

  private static void await(List<Future<?>> sent) {
    try {
      for (Future<?> each : sent) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new KafkaException("a message did not reach its lane", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }
}
