package dev.weir.query.he.evaluator;

import dev.weir.runtime.embedded.ProcessMark;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two children in two seats: the one that was ready first takes questions, the other stands by and
 * takes over when it ends, at once and as often as that happens. Each seat has a thread that starts
 * a child, watches it to its end and starts the next; nothing that goes wrong in one seat holds the
 * other up. Thread-safe.
 */
final class EvaluatorPair implements AutoCloseable {
  /** Between children that did not come up. */
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(EvaluatorPair.class);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
  private static final Duration HEAD_START = Duration.ofSeconds(2);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  /**
   * How children come up.
   *
   * @param child starts one, which may never be ready
   * @param idle how long it may do nothing before it is ready; then it is ended
   * @param pause before the child that follows one which was never ready
   */
  record Starts(Supplier<EvaluatorProcess> child, Duration idle, Pause pause) {}

  @FunctionalInterface
  interface Pause {
    void of(Duration duration) throws InterruptedException;
  }

  private final String name;
  private final Path mark;
  private final Starts starts;
  private final ScheduledExecutorService alarms;
  private final List<Thread> seats;
  private final CountDownLatch first = new CountDownLatch(1);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<EvaluatorProcess> seated = new ArrayList<>(); // under lock
  private final List<EvaluatorProcess> ready = new ArrayList<>(); // under lock, oldest first
  private boolean closed; // under lock
  private final ReentrantLock naming = new ReentrantLock(); // taken before lock
  private volatile Optional<EvaluatorProcess> named = Optional.empty(); // written under naming

  /**
   * @param mark where the child that takes questions is named
   * @param alarms never blocked for long by anybody
   */
  EvaluatorPair(String name, Path mark, Starts starts, ScheduledExecutorService alarms) {
    this.name = name;
    this.mark = mark;
    this.starts = starts;
    this.alarms = alarms;
    this.seats = List.of(seat("-first", this::sit), seat("-second", this::sitBeside));
  }

  private Thread seat(String suffix, Runnable work) {
    return Thread.ofPlatform().name(name + suffix).daemon().unstarted(work);
  }

  void start() {
    seats.forEach(Thread::start);
  }

  /** Whether a child takes questions, and is named. */
  boolean alive() {
    return named.filter(EvaluatorProcess::alive).isPresent();
  }

  /** How many children could take a question. */
  int ready() {
    lock.lock();
    try {
      return (int) ready.stream().filter(EvaluatorProcess::alive).count();
    } finally {
      lock.unlock();
    }
  }

  /** The child that takes questions; empty when none came up in time, or none will. */
  Optional<EvaluatorProcess> child(Duration patience) throws InterruptedException {
    var child = awaited(patience);
    if (child.isPresent() && !child.equals(named)) {
      tell(); // its seat has not noticed yet that the other is empty
    }
    return child;
  }

  private Optional<EvaluatorProcess> awaited(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (!closed && living().isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return closed ? Optional.empty() : living();
    } finally {
      lock.unlock();
    }
  }

  /** Under lock: one that ended is passed over before its seat has noticed. */
  private Optional<EvaluatorProcess> living() {
    return ready.stream().filter(EvaluatorProcess::alive).findFirst();
  }

  /** The first child has the machine to itself, as long as it is no slower than usual. */
  private void sitBeside() {
    try {
      if (!first.await(HEAD_START.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.info("an evaluator takes long to be ready name={}", name);
      }
    } catch (InterruptedException e) {
      return; // only close() interrupts
    }
    sit();
  }

  private void sit() {
    Duration pause = SHORTEST_PAUSE;
    try {
      while (!closed()) {
        if (lived()) {
          pause = SHORTEST_PAUSE;
        } else if (!closed()) {
          starts.pause().of(pause);
          pause = Collections.min(List.of(pause.multipliedBy(2), LONGEST_PAUSE));
        }
      }
    } catch (InterruptedException e) {
      // Only close() interrupts.
    }
  }

  /** One child from its start to its end; whether it was ready in between. */
  private boolean lived() throws InterruptedException {
    try {
      long start = System.nanoTime();
      var child = starts.child().get();
      try {
        boolean came = seated(child) && comesUp(child);
        if (came) {
          stands(child, start);
          child.awaitEnd();
        }
        return came;
      } finally {
        child.kill();
        left(child);
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      // No process, or no thread to watch it. Whatever it is: a seat is never given up.
      LOG.error("no evaluator started name={} cause={}", name, e.getClass().getSimpleName());
      return false;
    }
  }

  private boolean seated(EvaluatorProcess child) {
    lock.lock();
    try {
      return !closed && seated.add(child);
    } finally {
      lock.unlock();
    }
  }

  private boolean comesUp(EvaluatorProcess child) {
    long idle = starts.idle().toMillis();
    var watch =
        alarms.scheduleWithFixedDelay(
            new StartWatch(child, starts.idle()), idle, idle, TimeUnit.MILLISECONDS);
    try {
      return child.awaitReady();
    } finally {
      watch.cancel(false);
    }
  }

  private void stands(EvaluatorProcess child, long start) {
    long millis = (System.nanoTime() - start) / 1_000_000;
    LOG.info("evaluator ready name={} pid={} millis={}", name, child.handle().pid(), millis);
    lock.lock();
    try {
      ready.add(child);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    first.countDown();
    tell();
  }

  private void left(EvaluatorProcess child) {
    boolean wasReady;
    lock.lock();
    try {
      seated.remove(child);
      wasReady = ready.remove(child);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (!closed()) {
      String what = wasReady ? "the evaluator ended" : "an evaluator ended before it was ready";
      LOG.warn("{} name={} pid={}", what, name, child.handle().pid());
    }
    first.countDown();
    tell();
  }

  /** Names the child that takes questions; whoever comes last names the last. */
  private void tell() {
    naming.lock();
    try {
      var child = present();
      if (child.isPresent() && !child.equals(named)) {
        write(child.get().handle());
        named = child;
      }
    } finally {
      naming.unlock();
    }
  }

  private void write(ProcessHandle child) {
    LOG.info("evaluator takes questions name={} pid={}", name, child.pid());
    try {
      ProcessMark.of(child).write(mark);
    } catch (UncheckedIOException e) {
      // It takes questions all the same; only whoever looks for its mark finds the one before.
      LOG.warn("an evaluator is not named name={} cause={}", name, e.getClass().getSimpleName());
    }
  }

  private Optional<EvaluatorProcess> present() {
    lock.lock();
    try {
      return closed ? Optional.empty() : living();
    } finally {
      lock.unlock();
    }
  }

  private boolean closed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Ends both children, whatever they do, before it waits for either. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      seated.forEach(EvaluatorProcess::end);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    seats.forEach(Thread::interrupt);
    try {
      for (var seat : seats) {
        seat.join(CLOSE_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
