package dev.weir.aggregation.task;

import dev.weir.dap.wire.Bytes;
import dev.weir.kernel.CreditCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many leaves one party's refused requests may leave: an equal one once a day, different ones
 * so many an hour. Forgets with the process. Thread-safe.
 */
final class RefusalLimit {
  static final int MOST_AN_HOUR = 60;

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final InstantSource clock;
  private final Map<CreditCode, LinkedHashMap<Bytes, Instant>> left = new HashMap<>();

  RefusalLimit(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * @param what digest of the refusal
   */
  synchronized boolean admits(CreditCode party, Bytes what) {
    Instant now = clock.instant();
    var recent = left.computeIfAbsent(party, first -> new LinkedHashMap<>());
    recent.values().removeIf(at -> at.isBefore(now.minus(DAY)));
    if (recent.containsKey(what)
        || recent.values().stream().filter(at -> at.isAfter(now.minus(HOUR))).count()
            >= MOST_AN_HOUR) {
      return false;
    }
    recent.put(what, now);
    return true;
  }
}
