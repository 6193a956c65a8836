package dev.weir.query.he;

import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.query.contract.ContractBook;
import dev.weir.query.rollup.PostgresEpochStore;
import dev.weir.runtime.http.ServiceEnvironment;
import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.runtime.ledger.Ledger;
import dev.weir.schemas.avro.HeQuestion;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of the group that answers encrypted questions; the only place where native code meets
 * foreign ciphertexts. A question that passes the deadline fails, and {@code expired} says what
 * becomes of the process: native code cannot be interrupted. One thread of its own; {@link #alive}
 * is thread-safe.
 */
public final class KafkaHeWorker implements Managed {
  static final String GROUP = "query-he-worker";
  private static final Logger LOG = LoggerFactory.getLogger(KafkaHeWorker.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

  /**
   * @param maxCellBytes native memory for cells
   * @param deadline of one evaluation
   */
  public record Limits(long maxCellBytes, Duration deadline) {}

  private final ServiceEnvironment service;
  private final KafkaClients kafka;
  private final ContractBook contracts;
  private final Ledger ledger;
  private final Limits limits;
  private final Runnable expired;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Thread thread;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("he-deadline").daemon().factory());
  private volatile @Nullable KafkaConsumer<String, Object> polling;
  private volatile boolean alive = true;

  public KafkaHeWorker(
      ServiceEnvironment service,
      ContractBook contracts,
      Ledger ledger,
      Limits limits,
      Runnable expired) {
    this.service = service;
    this.kafka = service.kafka();
    this.contracts = contracts;
    this.ledger = ledger;
    this.limits = limits;
    this.expired = expired;
    service.database();
    this.thread = Thread.ofPlatform().name("he-worker").unstarted(this::work);
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void stop() throws InterruptedException {
    stopped.set(true);
    var consumer = polling;
    if (consumer != null) {
      consumer.wakeup();
    }
    thread.join(STOP_LIMIT);
    watch.shutdownNow();
  }

  /** Whether it takes questions. */
  public boolean alive() {
    return alive;
  }

  private void work() {
    try (var context = HeContext.open(HeParameters.CELLS_4096, service.random());
        var tables = new HeTables(context, limits.maxCellBytes())) {
      var tickets = new PostgresHeTicketStore();
      var answering =
          new HeAnswering(
              service.database(),
              contracts,
              ledger,
              new PostgresEpochStore(),
              tickets,
              new HeEvidence(service.evidence()),
              service.clock(),
              context,
              tables);
      while (!stopped.get()) {
        follow(answering);
      }
    } catch (RuntimeException | LinkageError e) {
      alive = false;
      LOG.error("no encrypted questions are answered here cause={}", e.getClass().getSimpleName());
    }
  }

  private void follow(HeAnswering answering) {
    try (var consumer = kafka.consumer(GROUP)) {
      polling = consumer;
      consumer.subscribe(List.of(HeDesk.QUESTIONS_TOPIC));
      BooleanSupplier ready = contracts::caughtUp;
      while (!stopped.get()) {
        for (var message : consumer.poll(POLL)) {
          await(ready);
          if (message.value() instanceof HeQuestion question) {
            answer(answering, UUID.fromString(question.getTicketId()));
          }
        }
        consumer.commitSync();
      }
    } catch (WakeupException e) {
      // Only stop() wakes the consumer; the loop's condition ends it.
    } catch (KafkaException e) {
      LOG.warn("questions wait cause={}", e.getClass().getSimpleName());
      pause();
    }
  }

  private void answer(HeAnswering answering, UUID ticket) {
    ScheduledFuture<?> alarm =
        watch.schedule(
            () -> {
              alive = false;
              answering.fail(ticket, "deadline");
              LOG.error("an evaluation passed the deadline ticket={}", ticket);
              expired.run();
            },
            limits.deadline().toMillis(),
            TimeUnit.MILLISECONDS);
    long start = System.nanoTime();
    try {
      answering.answer(ticket);
      LOG.info(
          "question ended ticket={} millis={}", ticket, (System.nanoTime() - start) / 1_000_000);
    } catch (RuntimeException e) {
      LOG.warn("question failed ticket={} cause={}", ticket, e.getClass().getSimpleName());
      answering.fail(ticket, "evaluation");
    } finally {
      alarm.cancel(false);
    }
  }

  private void await(BooleanSupplier ready) {
    while (!ready.getAsBoolean() && !stopped.get()) {
      pause();
    }
  }

  private void pause() {
    java.util.concurrent.locks.LockSupport.parkNanos(PAUSE.toNanos());
  }
}
