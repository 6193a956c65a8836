package dev.weir.aggregation.collect;

/** Carries what aggregators say about batches; a message may come twice. Thread-safe. */
public interface ShareWire {
  /**
   * Returns once the message is kept.
   *
   * @param topic one of {@link ShareTopics}
   */
  void send(String topic, byte[] key, byte[] value);
}
