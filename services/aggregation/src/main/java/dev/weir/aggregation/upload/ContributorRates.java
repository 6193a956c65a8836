package dev.weir.aggregation.upload;

import dev.weir.dap.id.TaskId;
import dev.weir.dap.profile.ContributorId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Counts what each contributor of a task uploads, by the generic cell rate algorithm. A report
 * names its contributor before its signature is verified, so whoever only claims a name may use up
 * half of a contributor's burst and no more: the other half is for reports that were proven. Holds
 * one number for each contributor of a task; the caller asks for no others. Thread-safe.
 */
public final class ContributorRates {
  private static final int HALVES = 2;

  private final long intervalNanos;
  private final long burst;
  private final LongSupplier nanoTime;
  private final Map<Key, Long> due = new HashMap<>();

  private record Key(TaskId task, ContributorId contributor) {}

  /**
   * @param perSecond reports of a contributor to a task, at least 1
   * @param burst how many may come at once, at least 2
   */
  public ContributorRates(int perSecond, int burst, LongSupplier nanoTime) {
    this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.burst = burst;
    this.nanoTime = nanoTime;
  }

  /** Takes reports that only claim their contributor; false when they have to be proven first. */
  boolean takeClaimed(TaskId task, ContributorId contributor, int reports) {
    long half = burst / HALVES;
    return reports <= half && take(new Key(task, contributor), reports, half).isEmpty();
  }

  /** Takes reports that the contributor signed; otherwise when to come back with all of them. */
  Optional<Duration> takeProven(TaskId task, ContributorId contributor, int reports) {
    return take(new Key(task, contributor), reports, burst);
  }

  private synchronized Optional<Duration> take(Key key, int reports, long most) {
    long now = nanoTime.getAsLong();
    Long last = due.get(key);
    long from = last != null && last - now > 0 ? last : now;
    // more than a whole burst at once is taken when nothing else was
    long next = from + Math.min(reports, most) * intervalNanos;
    long tooEarly = next - now - most * intervalNanos;
    if (tooEarly > 0) {
      return Optional.of(Duration.ofSeconds(1 + TimeUnit.NANOSECONDS.toSeconds(tooEarly)));
    }
    due.put(key, from + reports * intervalNanos);
    return Optional.empty();
  }
}
