package dev.weir.runtime.http;

import dev.weir.kernel.CreditCode;
import dev.weir.runtime.config.PartyLimits;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Counts what each party asks, by the generic cell rate algorithm, and what of it still runs.
 * Remembers at most {@link #MAX_PARTIES} parties and forgets the one that was away longest, never
 * one with a running request. Thread-safe.
 */
final class PartyGate {
  static final int MAX_PARTIES = 10_000;

  private final long intervalNanos;
  private final long burstNanos;
  private final int maxConcurrent;
  private final LongSupplier nanoTime;
  private final Map<CreditCode, Use> uses = new LinkedHashMap<>(16, 0.75f, true);

  PartyGate(PartyLimits limits, LongSupplier nanoTime) {
    this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / limits.requestsPerSecond();
    this.burstNanos = intervalNanos * limits.burst();
    this.maxConcurrent = limits.concurrent();
    this.nanoTime = nanoTime;
  }

  /** What a party asked too much of. */
  enum Excess {
    RATE,
    CONCURRENCY
  }

  /**
   * A request that is not let in.
   *
   * @param retryAfterSeconds when to come back, at least 1
   */
  record Refusal(Excess excess, int retryAfterSeconds) {}

  /** Lets a request of the party in, which {@link #leave} must follow, or says why not. */
  synchronized Optional<Refusal> enter(CreditCode party) {
    long now = nanoTime.getAsLong();
    var use = uses.computeIfAbsent(party, first -> new Use(now));
    forgetOne();
    if (use.running >= maxConcurrent) {
      return Optional.of(new Refusal(Excess.CONCURRENCY, 1));
    }
    long due = (use.dueNanos - now > 0 ? use.dueNanos : now) + intervalNanos;
    long tooEarly = due - now - burstNanos;
    if (tooEarly > 0) {
      return Optional.of(
          new Refusal(Excess.RATE, 1 + (int) TimeUnit.NANOSECONDS.toSeconds(tooEarly)));
    }
    use.dueNanos = due;
    use.running++;
    return Optional.empty();
  }

  synchronized void leave(CreditCode party) {
    var use = uses.get(party);
    if (use != null) {
      use.running--;
    }
  }

  synchronized int remembered() {
    return uses.size();
  }

  private void forgetOne() {
    if (uses.size() > MAX_PARTIES) {
      var oldest = uses.entrySet().iterator();
      while (oldest.hasNext()) {
        if (oldest.next().getValue().running == 0) {
          oldest.remove();
          return;
        }
      }
    }
  }

  /** Of one party; guarded by the gate. */
  private static final class Use {
    private long dueNanos;
    private int running;

    Use(long now) {
      this.dueNanos = now;
    }
  }
}
