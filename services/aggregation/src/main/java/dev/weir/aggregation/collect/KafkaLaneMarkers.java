package dev.weir.aggregation.collect;

import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.stream.AggregationTopics;
import dev.weir.aggregation.stream.Carried;
import dev.weir.aggregation.stream.LaneKey;
import dev.weir.aggregation.task.AggregationTask;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** {@link LaneMarkers} behind the reports that were uploaded. */
public final class KafkaLaneMarkers implements LaneMarkers {
  private final Producer<byte[], byte[]> producer;

  /**
   * @param producer owned by the caller
   */
  public KafkaLaneMarkers(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  @Override
  public void send(AggregationTask task, Marker marker) {
    for (int lane = 0; lane < task.lanes(); lane++) {
      var key = new LaneKey.OfMarker(task.id(), marker.collection(), lane);
      producer.send(
          new ProducerRecord<>(
              AggregationTopics.REPORTS,
              lane,
              key.encoded().toArray(),
              Carried.marker(marker).toArray()));
    }
    producer.flush();
  }
}
