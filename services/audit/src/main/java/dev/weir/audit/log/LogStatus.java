package dev.weir.audit.log;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * How far the log has come, shared by its writer, the witness's driver and readers. Thread-safe.
 */
public final class LogStatus {
  private final InstantSource clock;
  private final LogConfiguration limits;
  private long published;
  private long cosigned;
  private Instant cosignedAt;
  private Optional<Instant> waitingSince = Optional.empty();
  private Optional<String> halted = Optional.empty();

  public LogStatus(LogConfiguration limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
    this.cosignedAt = clock.instant();
  }

  public synchronized long published() {
    return published;
  }

  public synchronized long cosigned() {
    return cosigned;
  }

  /** Leaves have arrived that no checkpoint covers yet. */
  synchronized void arrived() {
    if (waitingSince.isEmpty()) {
      waitingSince = Optional.of(clock.instant());
    }
  }

  synchronized void published(long size) {
    published = size;
    waitingSince = Optional.empty();
    notifyAll();
  }

  synchronized void cosigned(long size) {
    cosigned = size;
    cosignedAt = clock.instant();
    notifyAll();
  }

  /** Stops publishing for good; a human has to look. */
  synchronized void halt(String reason) {
    halted = Optional.of(reason);
    notifyAll();
  }

  public synchronized Optional<String> halted() {
    return halted;
  }

  /** False as soon as an alarm is due. */
  public synchronized boolean healthy() {
    return halted.isEmpty()
        && !waitedLonger(limits.checkpointAlarm())
        && !witnessOlder(limits.witnessAlarm());
  }

  /** False when receipts must not be given: the log is halted or far behind. */
  public synchronized boolean serving() {
    return halted.isEmpty() && !waitedLonger(limits.checkpointStop());
  }

  /** False when publishing has to stop until a witness has signed again. */
  synchronized boolean mayPublish() {
    return halted.isEmpty() && !witnessOlder(limits.witnessStop());
  }

  /**
   * Waits until the condition holds, woken by every publication and cosignature.
   *
   * @return whether it holds
   */
  public synchronized boolean await(BooleanSupplier condition, Duration atMost)
      throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(Math.max(1, left / 1_000_000));
    }
    return true;
  }

  private boolean waitedLonger(Duration limit) {
    return waitingSince.filter(since -> since.plus(limit).isBefore(clock.instant())).isPresent();
  }

  private boolean witnessOlder(Duration limit) {
    return limits.witness().isPresent() && cosignedAt.plus(limit).isBefore(clock.instant());
  }
}
