package dev.weir.runtime.outbox;

import dev.weir.runtime.kafka.AvroBytes;
import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.runtime.kafka.SchemaCheck;
import dev.weir.runtime.kafka.SchemaIds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/**
 * Sends outbox rows with one idempotent producer. After a failure it must be closed: what is still
 * queued is then dropped, so that a repetition starts again from the first row. Confined to one
 * thread.
 */
final class OutboxSender implements AutoCloseable {
  /** The header that tells repetitions apart from messages. */
  static final String ID_HEADER = "weir-outbox-id";

  private final SchemaIds schemaIds;
  private final KafkaProducer<String, byte[]> producer;
  private final Map<String, Map<String, Integer>> idsBySubject = new HashMap<>();

  OutboxSender(KafkaClients kafka) {
    this.schemaIds = kafka.schemaIds();
    this.producer = kafka.framedProducer();
  }

  /** Returns once the brokers have acknowledged every row. */
  void send(List<OutboxRow> rows) throws InterruptedException {
    var sent = new ArrayList<Future<RecordMetadata>>(rows.size());
    for (OutboxRow row : rows) {
      sent.add(producer.send(message(row)));
    }
    producer.flush();
    for (Future<RecordMetadata> future : sent) {
      try {
        future.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof KafkaException kafka
            ? kafka
            : new KafkaException(e.getCause());
      }
    }
  }

  private ProducerRecord<String, byte[]> message(OutboxRow row) {
    var message =
        new ProducerRecord<>(row.topic(), row.key(), AvroBytes.frame(schemaId(row), row.value()));
    message.headers().add(ID_HEADER, row.stableId().getBytes(StandardCharsets.UTF_8));
    return message;
  }

  private int schemaId(OutboxRow row) {
    String subject = row.topic() + "-value";
    return idsBySubject
        .computeIfAbsent(subject, unknown -> new HashMap<>())
        .computeIfAbsent(
            row.schema(), schema -> schemaIds.idOf(subject, SchemaCheck.parse(schema)));
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
