package dev.weir.query.rollup;

import dev.weir.runtime.kafka.SchemaIds.SchemaRefused;
import dev.weir.runtime.kafka.TopicCatalogue;
import dev.weir.schemas.avro.DeadLetter;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * From a record to what it adds, keyed by its person. A record that cannot be read becomes a dead
 * letter and spoils its version. Confined to one task.
 */
final class KafkaRecordReading
    extends ContextualProcessor<String, byte[], String, KafkaRecordReading.Taken> {
  static final String RULE = "rollup-unreadable";
  private static final int RUN_BYTES = 16;

  private final RollupSpec spec;
  private final Serde<Object> records;
  private final RecordReader reader;

  KafkaRecordReading(RollupSpec spec, Serde<Object> records) {
    this.spec = spec;
    this.records = records;
    this.reader = new RecordReader(spec);
  }

  /** A contribution, and the letter when the record could not be read. */
  record Taken(Contribution contribution, Optional<DeadLetter> letter) {}

  @Override
  public void process(Record<String, byte[]> message) {
    UUID run = run(message.headers());
    try {
      if (records.deserializer().deserialize("", message.value()) instanceof GenericRecord record) {
        var reading = reader.read(run, record);
        var taken = new Taken(reading.contribution(), Optional.empty());
        forward(message, reading.person().orElse(message.key()), taken);
      } else {
        forward(message, message.key(), unreadable(run, message.value()));
      }
    } catch (SerializationException
        | SchemaRefused
        | IllegalStateException
        | ClassCastException e) {
      forward(message, message.key(), unreadable(run, message.value()));
    }
  }

  private void forward(Record<String, byte[]> message, String key, Taken taken) {
    context().forward(message.withKey(key).withValue(taken).withHeaders(new RecordHeaders()));
  }

  private Taken unreadable(UUID run, byte[] value) {
    long offset = context().recordMetadata().map(metadata -> metadata.offset()).orElse(0L);
    var letter =
        new DeadLetter(
            spec.resourceId().toString(), run.toString(), offset, RULE, "", ByteBuffer.wrap(value));
    return new Taken(Contribution.without(run, 0, Contribution.UNREADABLE), Optional.of(letter));
  }

  /** A message without the header belongs to no run that will ever be sealed. */
  private static UUID run(Headers headers) {
    var header = headers.lastHeader(TopicCatalogue.RUN_HEADER);
    if (header == null || header.value().length != RUN_BYTES) {
      return new UUID(0, 0);
    }
    var bytes = ByteBuffer.wrap(header.value());
    return new UUID(bytes.getLong(), bytes.getLong());
  }
}
