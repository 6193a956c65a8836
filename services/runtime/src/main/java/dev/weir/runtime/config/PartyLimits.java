package dev.weir.runtime.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * What one party may ask of a service, however many accounts it has, so that it cannot starve the
 * others. Immutable.
 *
 * @param requestsPerSecond on the long run; 1,000 when absent
 * @param burst requests at once after a pause; 2,000 when absent
 * @param concurrent requests that run at the same time; 48 when absent
 */
public record PartyLimits(
    @Min(1) @Max(1_000_000) int requestsPerSecond,
    @Min(1) @Max(1_000_000) int burst,
    @Min(1) @Max(1024) int concurrent) {
  public static final PartyLimits DEFAULT = new PartyLimits(null, null, null);

  @JsonCreator
  public PartyLimits(
      @Nullable Integer requestsPerSecond, @Nullable Integer burst, @Nullable Integer concurrent) {
    this(
        requestsPerSecond == null ? 1_000 : (int) requestsPerSecond,
        burst == null ? 2_000 : (int) burst,
        concurrent == null ? 48 : (int) concurrent);
  }
}
