package dev.weir.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.audit.log.LogConfiguration;
import dev.weir.runtime.config.WeirConfiguration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/** What the audit service is told at start. Not changed afterwards. */
public final class AuditConfiguration extends WeirConfiguration {
  @JsonProperty @NotNull @Valid private @Nullable LogConfiguration log;

  public LogConfiguration log() {
    if (log == null) {
      throw new IllegalStateException("the configuration lacks the key log");
    }
    return log;
  }

  public void setLog(LogConfiguration log) {
    this.log = log;
  }
}
