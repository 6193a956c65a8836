package dev.weir.aggregation.collect;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** {@link ShareWire} over Kafka. Thread-safe. */
final class KafkaShareWire implements ShareWire {
  private final Producer<byte[], byte[]> producer;

  /**
   * @param producer owned by the caller
   */
  KafkaShareWire(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  @Override
  public void send(String topic, byte[] key, byte[] value) {
    producer.send(new ProducerRecord<>(topic, key, value));
    producer.flush();
  }
}
