package dev.weir.query.sum.stream;

import dev.weir.query.sum.InputMessage;
import dev.weir.runtime.kafka.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Sends inputs and closes of windows, in order. Thread-safe. */
public final class KafkaInputs implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;

  public KafkaInputs(KafkaClients kafka) {
    this.producer = kafka.bytesProducer();
  }

  /**
   * Returns once the message is stored.
   *
   * @throws KafkaException when it is not; sending the same message again does no harm
   */
  public void send(InputMessage message) {
    int partitions = producer.partitionsFor(SumTopics.INPUTS).size();
    var task = message.task();
    var record =
        new ProducerRecord<>(
            SumTopics.INPUTS,
            SumTopics.partition(task, partitions),
            task.getBytes(StandardCharsets.US_ASCII),
            message.toBytes());
    try {
      producer.send(record).get();
    } catch (ExecutionException e) {
      throw new KafkaException("the input was not stored", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while sending", e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
