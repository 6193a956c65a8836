package dev.weir.aggregation.collect;

import dev.weir.kernel.ProblemException;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one step again and again, and goes on after a failure. One thread of its own. */
public final class Driving implements Managed {
  private static final Logger log = LoggerFactory.getLogger(Driving.class);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final String name;
  private final Runnable step;
  private volatile boolean running;
  private @Nullable Thread thread;

  public Driving(String name, Runnable step) {
    this.name = name;
    this.step = step;
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().daemon().name(name).start(this::run);
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
      try {
        step.run();
      } catch (ProblemException e) {
        log.warn("{} waits reason={}", name, e.type().slug());
      } catch (RuntimeException | Error e) { // nobody else would go on
        log.error("{} failed, tries again", name, e);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
