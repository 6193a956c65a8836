package dev.weir.runtime.outbox;

import dev.weir.runtime.kafka.AvroBytes;
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
  public void publish(Handle handle, String topic, String key, SpecificRecord value) {
    handle
        .createUpdate(insert)
        .bind("topic", topic)
        .bind("key", key)
        .bind("schema", value.getSchema().toString())
        .bind("value", AvroBytes.encode(value))
        .execute();
    handle.afterCommit(signal::raise);
  }
}
