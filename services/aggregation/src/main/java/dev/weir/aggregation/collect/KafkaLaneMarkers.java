package dev.weir.aggregation.collect;

import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.stream.Carried;
import dev.weir.aggregation.stream.KafkaSends;
import dev.weir.aggregation.stream.LaneKey;
import dev.weir.aggregation.task.AggregationTask;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** {@link LaneMarkers} behind what else comes to the lanes on a topic. */
public final class KafkaLaneMarkers implements LaneMarkers {
  private final KafkaSends sends;
  private final String topic;

  /**
   * @param producer owned by the caller
   * @param topic one partition a lane
   */
  public KafkaLaneMarkers(Producer<byte[], byte[]> producer, String topic) {
    this.sends = new KafkaSends(producer);
    this.topic = topic;
  }

  @Override
  public void send(AggregationTask task, Marker marker) {
    sends.send(
        IntStream.range(0, task.lanes()).mapToObj(lane -> record(task, marker, lane)).toList());
  }

  private ProducerRecord<byte[], byte[]> record(AggregationTask task, Marker marker, int lane) {
    var key = new LaneKey.OfMarker(task.id(), marker.collection(), lane);
    return new ProducerRecord<>(
        topic, lane, key.encoded().toArray(), Carried.marker(marker).toArray());
  }
}
