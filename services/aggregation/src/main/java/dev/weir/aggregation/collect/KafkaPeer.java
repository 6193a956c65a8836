package dev.weir.aggregation.collect;

import dev.weir.dap.collection.AggregateShareReq;
import dev.weir.dap.id.TaskId;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Both directions of talk about batches over Kafka. Thread-safe. */
public final class KafkaPeer implements Peer {
  private final Producer<byte[], byte[]> producer;

  /**
   * @param producer owned by the caller
   */
  public KafkaPeer(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  @Override
  public void ask(TaskId task, CollectionId collection, AggregateShareReq request) {
    send(ShareTopics.REQUESTS, new ShareKey(task, collection), request.encoded().toArray());
  }

  void answer(ShareKey key, ShareAnswer answer) {
    send(ShareTopics.SHARES, key, answer.encoded().toArray());
  }

  private void send(String topic, ShareKey key, byte[] value) {
    producer.send(new ProducerRecord<>(topic, key.encoded().toArray(), value));
    producer.flush();
  }
}
