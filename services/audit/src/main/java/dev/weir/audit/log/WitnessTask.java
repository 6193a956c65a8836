package dev.weir.audit.log;

import dev.weir.privacy.merkle.Checkpoint;
import io.dropwizard.lifecycle.Managed;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the newest checkpoint cosigned, and its cosignature fresh, as long as the service runs. */
public final class WitnessTask implements Managed {
  private static final Logger log = LoggerFactory.getLogger(WitnessTask.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final WitnessDriver driver;
  private final LogDirectory directory;
  private final LogStatus status;
  private final Duration refresh;
  private final Thread thread = Thread.ofVirtual().name("witness").unstarted(this::run);

  public WitnessTask(
      WitnessDriver driver, LogDirectory directory, LogStatus status, Duration refresh) {
    this.driver = driver;
    this.directory = directory;
    this.status = status;
    this.refresh = refresh;
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void stop() throws InterruptedException {
    thread.interrupt();
    thread.join(RETRY);
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted() && status.halted().isEmpty()) {
        boolean done = attempt();
        status.await(
            () -> done && status.published() > status.cosigned() || status.halted().isPresent(),
            done ? refresh : RETRY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean attempt() throws InterruptedException {
    try {
      if (!driver.cosign()) {
        return false;
      }
      directory
          .cosigned()
          .flatMap(note -> Checkpoint.parse(note.text()))
          .ifPresent(checkpoint -> status.cosigned(checkpoint.size()));
      return true;
    } catch (RollbackException e) {
      log.error("the log is halted: {}", e.getMessage());
      status.halt(String.valueOf(e.getMessage()));
      return false;
    } catch (IOException | RuntimeException e) {
      log.warn("no cosignature: {}", e.getClass().getSimpleName());
      return false;
    }
  }
}
