package dev.weir.runtime.outbox;

import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.runtime.kafka.SchemaIds.RegistryUnavailable;
import dev.weir.runtime.sql.DatabaseAccess;
import io.dropwizard.lifecycle.Managed;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the rows of one outbox to Kafka in the order of their ids and deletes them once the brokers
 * have acknowledged. A crash between the two sends the same rows again, under the same ids. Of
 * several instances one sends, holding an advisory lock; another takes over when its connection
 * ends.
 *
 * <p>While broker, registry or database are away it waits and tries again; nothing is lost or
 * skipped. One thread of its own between {@code start} and {@code stop}.
 */
public final class OutboxRelay implements Managed {
  private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);

  private final DatabaseAccess access;
  private final String service;
  private final KafkaClients kafka;
  private final OutboxSignal signal;
  private final InstantSource clock;
  private volatile boolean running;
  private volatile Instant lastPass = Instant.EPOCH;
  private @Nullable Thread thread;

  /**
   * @param access as the relay role
   */
  public OutboxRelay(
      DatabaseAccess access,
      String service,
      KafkaClients kafka,
      OutboxSignal signal,
      InstantSource clock) {
    this.access = access;
    this.service = service;
    this.kafka = kafka;
    this.signal = signal;
    this.clock = clock;
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().daemon().name("outbox-relay-" + service).start(this::run);
  }

  /** Finishes the batch in hand, at most 10 s. */
  @Override
  public void stop() throws InterruptedException {
    running = false;
    signal.raise();
    Thread started = thread;
    if (started != null) {
      started.join(TimeUnit.SECONDS.toMillis(10));
      started.interrupt();
    }
  }

  /**
   * True while the outbox was emptied, or is held by another instance, within the last {@code age}.
   */
  public boolean keepsUp(Duration age) {
    return lastPass.plus(age).isAfter(clock.instant());
  }

  private void run() {
    while (running) {
      try (var rows = OutboxRows.open(access, service);
          var sender = new OutboxSender(kafka)) {
        relay(rows, sender);
      } catch (SQLException | KafkaException | RegistryUnavailable e) {
        log.warn("outbox waits service={} reason={}", service, e.getClass().getSimpleName());
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        log.error("outbox stuck service={}", service, e);
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
      }
    }
  }

  private void relay(OutboxRows rows, OutboxSender sender)
      throws SQLException, InterruptedException {
    while (running) {
      boolean empty = !rows.hold() || pass(rows, sender) == 0;
      if (empty) {
        lastPass = clock.instant();
        signal.await(POLL);
      }
    }
  }

  private static int pass(OutboxRows rows, OutboxSender sender)
      throws SQLException, InterruptedException {
    var batch = rows.next();
    if (!batch.isEmpty()) {
      sender.send(batch);
      rows.delete(batch);
    }
    return batch.size();
  }
}
