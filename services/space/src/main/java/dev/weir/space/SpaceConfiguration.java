package dev.weir.space;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.runtime.config.WeirConfiguration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** What the control plane is told at start, beyond what every service is. */
public class SpaceConfiguration extends WeirConfiguration {
  private static final int DEFAULT_SIGNING_DAYS = 30;

  @JsonProperty
  @Min(1)
  @Max(365)
  private int signingWindowDays = DEFAULT_SIGNING_DAYS;

  /** How long signatures are taken after all parties agreed. */
  public Duration signingWindow() {
    return Duration.ofDays(signingWindowDays);
  }
}
