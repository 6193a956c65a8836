package dev.weir.aggregation.stream;

import dev.weir.dap.wire.WireReader;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.kafka.KafkaClients;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the messages of one topic to a handler, at least once and in order. A handler that throws
 * gets the message again, unless it throws because of the message: another operator wrote it, and
 * one that nobody can read must not keep back those behind it. One thread of its own between {@code
 * start} and {@code stop}.
 */
public final class KafkaFeed implements Managed {
  private static final Logger log = LoggerFactory.getLogger(KafkaFeed.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final KafkaClients kafka;
  private final String group;
  private final String topic;
  private final Consumer<ConsumerRecord<byte[], byte[]>> handler;
  private final Consumer<ConsumerRecord<byte[], byte[]>> unreadable;
  private volatile boolean running;
  private @Nullable Thread thread;

  /**
   * @param group begins with the service's name
   * @param handler idempotent; takes key and value
   * @param unreadable takes what the handler cannot read
   */
  public KafkaFeed(
      KafkaClients kafka,
      String group,
      String topic,
      BiConsumer<byte[], byte[]> handler,
      Consumer<ConsumerRecord<byte[], byte[]>> unreadable) {
    this(
        group,
        topic,
        kafka,
        record -> handler.accept(required(record.key()), record.value()),
        unreadable);
  }

  /** As the constructor, for a handler that reads headers too. */
  public static KafkaFeed ofRecords(
      KafkaClients kafka,
      String group,
      String topic,
      Consumer<ConsumerRecord<byte[], byte[]>> handler,
      Consumer<ConsumerRecord<byte[], byte[]>> unreadable) {
    return new KafkaFeed(group, topic, kafka, handler, unreadable);
  }

  private KafkaFeed(
      String group,
      String topic,
      KafkaClients kafka,
      Consumer<ConsumerRecord<byte[], byte[]>> handler,
      Consumer<ConsumerRecord<byte[], byte[]>> unreadable) {
    this.kafka = kafka;
    this.group = group;
    this.topic = topic;
    this.handler = handler;
    this.unreadable = unreadable;
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().daemon().name("feed-" + topic).start(this::run);
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
      try (var consumer = kafka.bytesConsumer(group)) {
        consumer.subscribe(List.of(topic));
        while (running) {
          pass(consumer);
        }
      } catch (WakeupException e) {
        return;
      } catch (KafkaException | ProblemException e) {
        log.warn("feed waits topic={} reason={}", topic, e.getClass().getSimpleName());
        LockSupport.parkNanos(PAUSE.toNanos());
      } catch (RuntimeException | Error e) { // nobody else would go on
        log.error("feed stuck topic={}", topic, e);
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private void pass(KafkaConsumer<byte[], byte[]> consumer) {
    var records = consumer.poll(POLL);
    if (records.isEmpty()) {
      return;
    }
    records.forEach(this::deliver);
    consumer.commitSync();
  }

  private void deliver(ConsumerRecord<byte[], byte[]> record) {
    try {
      required(record.value());
      handler.accept(record);
    } catch (ProblemException e) {
      if (!isUnreadable(e)) {
        throw e;
      }
      unreadable.accept(record);
    }
  }

  /** True for a message that will not be read the next time either. */
  public static boolean isUnreadable(ProblemException problem) {
    return problem.type() == ProblemType.DAP_INVALID_MESSAGE
        || problem.type() == ProblemType.INVALID_REQUEST;
  }

  private static byte[] required(byte @Nullable [] bytes) {
    if (bytes == null) {
      throw WireReader.malformed("A message has a key and a value.");
    }
    return bytes;
  }
}
