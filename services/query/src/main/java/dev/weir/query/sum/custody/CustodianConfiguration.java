package dev.weir.query.sum.custody;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.runtime.config.WeirConfiguration;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the custodian is told at start, beside what every service is. Not changed afterwards. */
public final class CustodianConfiguration extends WeirConfiguration {
  @JsonProperty @NotNull private @Nullable Path heKey;
  @JsonProperty @NotNull private @Nullable Path tasks;

  /** The key file, which nobody but this process's user can read. */
  public Path heKey() {
    return required(heKey, "heKey");
  }

  /** Directory with one JSON file for each task, read once. */
  public Path tasks() {
    return required(tasks, "tasks");
  }

  private static Path required(@Nullable Path value, String key) {
    if (value == null) {
      throw new IllegalStateException("the configuration lacks the key " + key);
    }
    return value;
  }
}
