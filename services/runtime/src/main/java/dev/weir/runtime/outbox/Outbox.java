package dev.weir.runtime.outbox;

import dev.weir.runtime.kafka.AvroBytes;
import java.util.List;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jdbi.v3.core.Handle;

/**
 * Publishes with a transaction: the message is a row of {@code <service>.outbox} that commits or
 * vanishes with everything else, and {@link OutboxRelay} sends it afterwards.
 *
 * <p>Messages of one key arrive in the order of their transactions, provided that a transaction
 * publishes after it has locked the thing the key names. They may arrive more than once; each
 * carries an id of its own for consumers to go by. Thread-safe.
 */
public final class Outbox {
  /**
   * Writing a schema as text takes longer than inserting it; a generated class has one for ever.
   */
  private static final ClassValue<String> SCHEMA_TEXTS =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
          return SpecificData.get().getSchema(type).toString();
        }
      };

  private final String insert;
  private final OutboxSignal signal;

  /**
   * @param service whose schema holds the outbox
   */
  public Outbox(String service, OutboxSignal signal) {
    this.insert =
        """
        insert into %s.outbox (topic, key, schema, value) values (:topic, :key, :schema, :value)
        """
            .formatted(service);
    this.signal = signal;
  }

  /**
   * @param value at most {@link AvroBytes#MAX_VALUE_BYTES} once encoded
   */
  public record Message(String key, SpecificRecord value) {}

  /**
   * @param value at most {@link AvroBytes#MAX_VALUE_BYTES} once encoded
   */
  public void publish(Handle handle, String topic, String key, SpecificRecord value) {
    publishAll(handle, topic, List.of(new Message(key, value)));
  }

  /** Publishes in the order given, in one round trip. */
  public void publishAll(Handle handle, String topic, List<Message> messages) {
    var batch = handle.prepareBatch(insert);
    for (Message message : messages) {
      batch
          .bind("topic", topic)
          .bind("key", message.key())
          .bind("schema", SCHEMA_TEXTS.get(message.value().getClass()))
          .bind("value", AvroBytes.encode(message.value()))
          .add();
    }
    batch.execute();
    handle.afterCommit(signal::raise);
  }
}
