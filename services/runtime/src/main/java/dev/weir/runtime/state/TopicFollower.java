package dev.weir.runtime.state;

import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.runtime.kafka.SchemaIds.RegistryUnavailable;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands every message of a topic to one taker, from the first to the newest and on, whatever
 * happens to the broker meanwhile. After a failure it goes on where it stopped. One thread of its
 * own between {@code start} and {@code stop}; only that thread calls the taker.
 */
final class TopicFollower implements Managed {
  private static final Logger log = LoggerFactory.getLogger(TopicFollower.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CHECK_EVERY = Duration.ofSeconds(1);
  private static final Duration CHECK_PATIENCE = Duration.ofSeconds(3);
  private static final Duration STALE_AFTER = Duration.ofSeconds(10);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(300);

  private final KafkaClients kafka;
  private final String topic;
  private final Consumer<ConsumerRecord<String, @Nullable Object>> taker;
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final AtomicLong caughtUpNanos = new AtomicLong();
  private volatile boolean caughtUpOnce;
  private volatile boolean running;
  private @Nullable Thread thread;

  TopicFollower(
      KafkaClients kafka, String topic, Consumer<ConsumerRecord<String, @Nullable Object>> taker) {
    this.kafka = kafka;
    this.topic = topic;
    this.taker = taker;
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().daemon().name("follow-" + topic).start(this::run);
  }

  @Override
  public void stop() throws InterruptedException {
    running = false;
    Thread started = thread;
    if (started != null) {
      started.join(TimeUnit.SECONDS.toMillis(5));
      started.interrupt();
    }
  }

  boolean caughtUp() {
    return caughtUpOnce && System.nanoTime() - caughtUpNanos.get() < STALE_AFTER.toNanos();
  }

  private void run() {
    while (running) {
      try (var consumer = kafka.consumer()) {
        follow(consumer);
      } catch (InterruptException e) {
        return;
      } catch (KafkaException | RegistryUnavailable e) {
        log.warn("topic waits topic={} reason={}", topic, e.getClass().getSimpleName());
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
      } catch (RuntimeException e) {
        log.error("topic stuck topic={}", topic, e);
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
      }
    }
  }

  private void follow(KafkaConsumer<String, Object> consumer) {
    var partitions = partitions(consumer);
    consumer.assign(partitions);
    resume(consumer, partitions);
    long nextCheck = System.nanoTime();
    while (running) {
      consumer.poll(POLL).forEach(this::take);
      if (System.nanoTime() >= nextCheck) {
        check(consumer, partitions);
        boolean behind = !caughtUpOnce;
        nextCheck = System.nanoTime() + (behind ? POLL.toNanos() : CHECK_EVERY.toNanos());
      }
    }
  }

  private List<TopicPartition> partitions(KafkaConsumer<String, Object> consumer) {
    var known = consumer.partitionsFor(topic, CHECK_PATIENCE);
    if (known == null || known.isEmpty()) {
      throw new KafkaException("the topic does not exist yet: " + topic);
    }
    return known.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
  }

  private void resume(KafkaConsumer<String, Object> consumer, List<TopicPartition> partitions) {
    var starts = consumer.beginningOffsets(partitions, CHECK_PATIENCE);
    for (TopicPartition partition : partitions) {
      long start = starts.getOrDefault(partition, 0L);
      consumer.seek(partition, Math.max(start, positions.getOrDefault(partition, start)));
    }
  }

  private void take(ConsumerRecord<String, @Nullable Object> message) {
    taker.accept(message);
    positions.put(new TopicPartition(topic, message.partition()), message.offset() + 1);
  }

  private void check(KafkaConsumer<String, Object> consumer, List<TopicPartition> partitions) {
    long asked = System.nanoTime();
    var ends = consumer.endOffsets(partitions, CHECK_PATIENCE);
    boolean reached =
        partitions.stream()
            .allMatch(p -> consumer.position(p, CHECK_PATIENCE) >= ends.getOrDefault(p, 0L));
    if (reached) {
      caughtUpNanos.set(asked);
      caughtUpOnce = true;
    }
  }
}
