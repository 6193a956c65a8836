package dev.weir.intake.run;

import dev.weir.runtime.kafka.AvroBytes;
import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.runtime.kafka.TopicCatalogue;
import dev.weir.schemas.avro.DeadLetter;
import dev.weir.schemas.avro.IntakeProgress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A run's stream in Kafka transactions: records, dead letters and the progress that counts them
 * commit together. A row's partition is its ordinal modulo their number, so the order in each
 * partition is the same in every attempt.
 */
final class KafkaRecordStream implements RecordStream {
  private static final String PROGRESS_TOPIC = KafkaProgressLog.TOPIC;

  private final KafkaClients kafka;
  private final KafkaProducer<String, byte[]> producer;
  private final Run run;
  private final String records;
  private final String deadLetters;
  private final int schemaId;
  private final int deadLetterSchemaId;
  private final int progressSchemaId;
  private final int partitions;
  private final Progress found;
  private final List<Header> runHeader;

  /** Takes over the producer, which is inside a transaction. */
  KafkaRecordStream(
      KafkaClients kafka,
      KafkaProducer<String, byte[]> producer,
      Run run,
      String records,
      String deadLetters,
      int schemaId,
      Progress found) {
    this.kafka = kafka;
    this.producer = producer;
    this.run = run;
    this.records = records;
    this.deadLetters = deadLetters;
    this.schemaId = schemaId;
    this.found = found;
    var id = run.id().value();
    byte[] bytes =
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    this.runHeader = List.of(new RecordHeader(TopicCatalogue.RUN_HEADER, bytes));
    this.partitions = producer.partitionsFor(records).size();
    var ids = kafka.schemaIds();
    this.deadLetterSchemaId = ids.idOf(deadLetters + "-value", DeadLetter.getClassSchema());
    this.progressSchemaId = ids.idOf(PROGRESS_TOPIC + "-value", IntakeProgress.getClassSchema());
  }

  @Override
  public Progress progress() {
    return found;
  }

  @Override
  public List<Long> offsets() {
    try (var admin = kafka.admin()) {
      return KafkaOffsets.ends(admin, records, partitions);
    }
  }

  @Override
  public int schemaId() {
    return schemaId;
  }

  @Override
  public void accept(long ordinal, byte[] recordId, byte[] value) {
    int partition = (int) (ordinal % partitions);
    send(
        new ProducerRecord<>(
            records, partition, HexFormat.of().formatHex(recordId), value, runHeader));
  }

  @Override
  public void reject(DeadLetter deadLetter) {
    byte[] value = AvroBytes.frame(deadLetterSchemaId, AvroBytes.encode(deadLetter));
    send(new ProducerRecord<>(deadLetters, run.id().toString(), value));
  }

  @Override
  public void commit(Progress progress) {
    var record =
        new IntakeProgress(
            run.id().toString(),
            run.spec().resourceId().toString(),
            progress.nextOrdinal(),
            progress.accepted(),
            progress.rejected());
    send(
        new ProducerRecord<>(
            PROGRESS_TOPIC,
            run.id().toString(),
            AvroBytes.frame(progressSchemaId, AvroBytes.encode(record))));
    try {
      producer.commitTransaction();
      producer.beginTransaction();
    } catch (KafkaException e) {
      throw translated(e);
    }
  }

  private void send(ProducerRecord<String, byte[]> message) {
    try {
      producer.send(message);
    } catch (KafkaException e) {
      throw translated(e);
    }
  }

  private static RuntimeException translated(KafkaException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException) {
        return new Fenced(failure);
      }
    }
    return failure;
  }

  @Override
  public void close() {
    try {
      producer.abortTransaction();
    } catch (KafkaException | IllegalStateException e) {
      // The broker aborts what is left when the next stream of this run opens.
    } finally {
      producer.close(Duration.ofSeconds(5));
    }
  }
}
