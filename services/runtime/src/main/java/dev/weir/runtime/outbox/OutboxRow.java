package dev.weir.runtime.outbox;

/** One message as it lies in the outbox; a class because of its bytes, which nobody changes. */
final class OutboxRow {
  private final String service;
  private final long id;
  private final String topic;
  private final String key;
  private final String schema;
  private final byte[] value;

  OutboxRow(String service, long id, String topic, String key, String schema, byte[] value) {
    this.service = service;
    this.id = id;
    this.topic = topic;
    this.key = key;
    this.schema = schema;
    this.value = value;
  }

  long id() {
    return id;
  }

  /** The same in every repetition, and in no other message: {@code space:42}. */
  String stableId() {
    return service + ":" + id;
  }

  String topic() {
    return topic;
  }

  String key() {
    return key;
  }

  String schema() {
    return schema;
  }

  byte[] value() {
    return value;
  }
}
