package dev.weir.query.sum.custody;

import dev.weir.kernel.ProblemException;
import dev.weir.query.sum.stream.SumTopics;
import dev.weir.runtime.kafka.KafkaClients;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what the adders signed to the custodian, at each start from the first one on: a sum may
 * have come before its task's file was here. What it throws at comes again. One thread of its own
 * between {@code start} and {@code stop}.
 */
final class KafkaSumFeed implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaSumFeed.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final KafkaClients kafka;
  private final Consumer<byte[]> taker;
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private volatile boolean running;
  private volatile boolean alive;
  private @Nullable Thread thread;

  /**
   * @param taker idempotent
   */
  KafkaSumFeed(KafkaClients kafka, Consumer<byte[]> taker) {
    this.kafka = kafka;
    this.taker = taker;
  }

  boolean alive() {
    return alive;
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().daemon().name("sum-feed").start(this::run);
  }

  @Override
  public void stop() throws InterruptedException {
    running = false;
    Thread started = thread;
    if (started != null) {
      started.join(TimeUnit.SECONDS.toMillis(10));
    }
  }

  private void run() {
    while (running) {
      try (var consumer = kafka.bytesConsumer()) {
        assign(consumer);
        while (running) {
          pass(consumer);
        }
      } catch (KafkaException | ProblemException e) {
        alive = false;
        LOG.warn("sums wait reason={}", e.getClass().getSimpleName());
        LockSupport.parkNanos(PAUSE.toNanos());
      } catch (RuntimeException e) {
        alive = false;
        LOG.error("sums stuck", e);
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private void assign(KafkaConsumer<byte[], byte[]> consumer) {
    var partitions =
        SumTopics.SUMS.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    next.forEach(consumer::seek);
  }

  private void pass(KafkaConsumer<byte[], byte[]> consumer) {
    var messages = consumer.poll(POLL);
    alive = true;
    for (ConsumerRecord<byte[], byte[]> message : messages) {
      taker.accept(message.value());
      next.put(new TopicPartition(message.topic(), message.partition()), message.offset() + 1);
    }
  }
}
