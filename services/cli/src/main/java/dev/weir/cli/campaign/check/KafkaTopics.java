package dev.weir.cli.campaign.check;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is committed in the topics. Confined to one thread. */
final class KafkaTopics implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration STUCK = Duration.ofSeconds(60);

  private final KafkaConsumer<byte[], byte[]> consumer;

  KafkaTopics(Sources sources) {
    var settings = new HashMap<String, Object>(sources.kafka());
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", "false");
    settings.put("fetch.max.wait.ms", "100");
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  Set<String> names() {
    return Set.copyOf(consumer.listTopics().keySet());
  }

  List<TopicPartition> partitions(String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  /** First offset that is not committed yet, by partition. */
  Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    return consumer.endOffsets(partitions);
  }

  /** Reads from {@code from}, or the beginning where it says nothing, up to {@code to}. */
  void read(
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> to,
      Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    consumer.assign(to.keySet());
    var beginnings = consumer.beginningOffsets(to.keySet());
    to.keySet()
        .forEach(partition ->
            consumer.seek(
                partition,
                Math.max(
                    beginnings.getOrDefault(partition, 0L), from.getOrDefault(partition, 0L))));
    long deadline = System.nanoTime() + STUCK.toNanos();
    while (to.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("a topic cannot be read to its end");
      }
      for (var message : consumer.poll(POLL)) {
        var partition = new TopicPartition(message.topic(), message.partition());
        if (message.offset() < to.getOrDefault(partition, 0L)) {
          reader.accept(message);
        }
        deadline = System.nanoTime() + STUCK.toNanos();
      }
    }
  }

  /** Reads a topic from its beginning to its present end. */
  void readAll(String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    read(Map.of(), ends(partitions(topic)), reader);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
