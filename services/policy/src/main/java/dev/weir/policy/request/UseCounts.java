package dev.weir.policy.request;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Earlier uses of one product by one party under one contract and action, this use not counted.
 *
 * @param total since the contract was signed
 * @param within for each sliding window that ends now
 */
public record UseCounts(long total, Map<Duration, Long> within) {
  public static final UseCounts NONE = new UseCounts(0, Map.of());

  public UseCounts {
    within = Map.copyOf(within);
  }

  /** Uses within a window; none at all when there was no use, unknown when it was not counted. */
  public Optional<Long> within(Duration window) {
    @Nullable Long counted = within.get(window);
    return counted == null && total == 0 ? Optional.of(0L) : Optional.ofNullable(counted);
  }
}
