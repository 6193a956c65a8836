package dev.weir.runtime.outbox;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the relay of this process when a transaction with messages has committed. Thread-safe. */
public final class OutboxSignal {
  private final Semaphore raised = new Semaphore(0);

  /** Never blocks. */
  public void raise() {
    raised.release();
  }

  /** Returns when raised since the last call, or after {@code longest}. */
  void await(Duration longest) throws InterruptedException {
    if (raised.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      raised.drainPermits();
    }
  }
}
