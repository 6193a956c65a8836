package dev.weir.query.he;

import dev.weir.kernel.ProblemException;
import dev.weir.query.contract.ContractBook;
import dev.weir.query.he.evaluator.Evaluator;
import dev.weir.query.he.lookup.PostgresLockedTables;
import dev.weir.query.rollup.PostgresEpochStore;
import dev.weir.runtime.http.ServiceEnvironment;
import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.runtime.ledger.Ledger;
import dev.weir.schemas.avro.HeQuestion;
import io.dropwizard.lifecycle.Managed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of the group that answers encrypted questions, with an evaluator of its own: further
 * members share the questions. No native code runs here. It outlives database and broker: what it
 * could not answer comes again. One thread of its own; {@link #alive} is thread-safe.
 */
public final class KafkaHeWorker implements Managed {
  static final String GROUP = "query-he-worker";
  private static final Logger LOG = LoggerFactory.getLogger(KafkaHeWorker.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

  private final ServiceEnvironment service;
  private final KafkaClients kafka;
  private final ContractBook contracts;
  private final Ledger ledger;
  private final String name;
  private final Evaluator evaluator;
  private final String member;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Thread thread;
  private volatile @Nullable KafkaConsumer<String, Object> polling;
  private volatile boolean alive = true;

  /**
   * @param name its own among the members that share a directory
   * @param directory of this process, where the evaluator is named and logs
   */
  public KafkaHeWorker(
      ServiceEnvironment service,
      ContractBook contracts,
      Ledger ledger,
      String name,
      Path directory,
      Evaluator.Limits limits) {
    this.service = service;
    this.kafka = service.kafka();
    this.contracts = contracts;
    this.ledger = ledger;
    this.name = name;
    this.evaluator = new Evaluator(name, directory, limits);
    this.member = MemberId.keptIn(directory, name, service.random());
    service.database();
    this.thread = Thread.ofPlatform().name(name).unstarted(this::work);
  }

  @Override
  public void start() {
    evaluator.start();
    thread.start();
  }

  @Override
  public void stop() throws InterruptedException {
    stopped.set(true);
    var consumer = polling;
    if (consumer != null) {
      consumer.wakeup();
    }
    if (!evaluator.alive()) {
      evaluator.close(); // a question that waits for a child waits in vain
    }
    thread.join(STOP_LIMIT);
    evaluator.close();
  }

  /** Whether it takes questions. */
  public boolean alive() {
    return alive && evaluator.alive();
  }

  private void work() {
    var lookups =
        new LookupAnswering(
            service.database(),
            new PostgresLockedTables(),
            new PostgresSwitchingKeyStore(),
            evaluator,
            service.random());
    var epochs = new PostgresEpochStore();
    var answering =
        new HeAnswering(
            service.database(),
            contracts,
            ledger,
            new PostgresHeTicketStore(),
            new HeEvidence(service.evidence()),
            service.clock(),
            new CellAnswering(service.database(), epochs, evaluator, lookups),
            new ShareAnswering(service.database(), epochs, evaluator, lookups),
            lookups,
            evaluator::library);
    while (!stopped.get()) {
      follow(answering);
    }
  }

  private void follow(HeAnswering answering) {
    try (var consumer = kafka.member(GROUP, member)) {
      polling = consumer;
      consumer.subscribe(List.of(HeDesk.QUESTIONS_TOPIC));
      BooleanSupplier ready = contracts::caughtUp;
      while (!stopped.get()) {
        var waiting = new ArrayList<HeAnswering.Waiting>();
        var messages = consumer.poll(POLL);
        alive = true;
        for (var message : messages) {
          if (message.value() instanceof HeQuestion question) {
            waiting.add(
                new HeAnswering.Waiting(
                    UUID.fromString(question.getTicketId()), question.getShare()));
          }
        }
        if (!waiting.isEmpty()) {
          await(ready);
          answer(answering, waiting);
        }
        consumer.commitSync();
      }
    } catch (WakeupException e) {
      // Only stop() wakes the consumer; the loop's condition ends it.
    } catch (KafkaException | ProblemException e) {
      waits();
      LOG.warn("questions wait cause={}", e.getClass().getSimpleName());
    } catch (RuntimeException e) {
      waits();
      LOG.error("questions wait", e);
    }
  }

  /** What was not committed comes again: a question that had begun is then given up. */
  private void waits() {
    alive = false;
    pause();
  }

  private void answer(HeAnswering answering, List<HeAnswering.Waiting> questions) {
    long start = System.nanoTime();
    answering.answer(questions);
    LOG.info(
        "questions ended worker={} tickets={} millis={} passes={}",
        name,
        questions.stream().map(one -> one.ticket() + "#" + one.share()).toList(),
        (System.nanoTime() - start) / 1_000_000,
        evaluator.passes());
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
