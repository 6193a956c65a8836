package dev.weir.aggregation.collect;

import dev.weir.aggregation.stream.KafkaSends;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** {@link ShareWire} over Kafka. Thread-safe. */
final class KafkaShareWire implements ShareWire {
  private final KafkaSends sends;

  /**
   * @param producer owned by the caller
   */
  KafkaShareWire(Producer<byte[], byte[]> producer) {
    this.sends = new KafkaSends(producer);
  }

  @Override
  public void send(String topic, byte[] key, byte[] value) {
    sends.send(List.of(new ProducerRecord<>(topic, key, value)));
  }
}
