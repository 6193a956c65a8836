package dev.weir.benchmarks.intake;

import dev.weir.kernel.ResourceId;
import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.runtime.kafka.TopicCatalogue;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A records topic of a resource of its own, written in transactions of as many rows as intake
 * commits at once. Closing commits the rest. Confined to one thread.
 */
final class TransactionalTopic implements AutoCloseable {
  private static final int ROWS_PER_COMMIT = 20_000;

  private final KafkaClients kafka;
  private final KafkaProducer<String, byte[]> producer;
  private final String topic;
  private final int partitions;
  private int uncommitted;

  private TransactionalTopic(
      KafkaClients kafka, KafkaProducer<String, byte[]> producer, String topic) {
    this.kafka = kafka;
    this.producer = producer;
    this.topic = topic;
    this.partitions = producer.partitionsFor(topic).size();
  }

  static TransactionalTopic open(KafkaClients kafka) {
    String topic = TopicCatalogue.records(ResourceId.random());
    try (var admin = kafka.admin()) {
      TopicCatalogue.load().ensureTopic(admin, topic);
    }
    var producer = kafka.transactionalFramedProducer("intake-run-" + UUID.randomUUID());
    producer.initTransactions();
    producer.beginTransaction();
    return new TransactionalTopic(kafka, producer, topic);
  }

  int schemaId(Schema schema) {
    return kafka.schemaIds().idOf(topic + "-value", schema);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the commit throws what a send met with
  void send(long ordinal, byte[] id, byte[] value) {
    int partition = (int) (ordinal % partitions);
    producer.send(new ProducerRecord<>(topic, partition, HexFormat.of().formatHex(id), value));
    if (++uncommitted == ROWS_PER_COMMIT) {
      producer.commitTransaction();
      producer.beginTransaction();
      uncommitted = 0;
    }
  }

  @Override
  public void close() {
    producer.commitTransaction();
    producer.close();
  }
}
