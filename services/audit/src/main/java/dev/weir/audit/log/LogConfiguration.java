package dev.weir.audit.log;

import com.fasterxml.jackson.annotation.JsonCreator;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the log is and when it fails closed. Immutable.
 *
 * @param directory tiles and checkpoints
 * @param keys key files, made at the first start
 * @param origin name of the log in its checkpoints, such as {@code weir.example/log}
 * @param publicKeys where the public keys are published too, for the witness to read; beside the
 *     private ones only when absent
 * @param witness base address of the witness; without one no checkpoint is ever cosigned
 * @param witnessKey the witness's {@code witness.vkey}
 * @param witnessRefresh how often the newest checkpoint is cosigned again when nothing changes
 * @param checkpointAlarm a leaf that waits longer makes the service unhealthy; 5 s
 * @param checkpointStop a leaf that waits longer ends receipts; 60 s
 * @param witnessAlarm a cosignature older than this makes the service unhealthy; 10 min
 * @param witnessStop a cosignature older than this stops publishing; 4 h (X-Road's 14,400 s)
 */
public record LogConfiguration(
    @NotNull Path directory,
    @NotNull Path keys,
    @NotBlank String origin,
    Optional<Path> publicKeys,
    Optional<URI> witness,
    Optional<Path> witnessKey,
    Duration witnessRefresh,
    Duration checkpointAlarm,
    Duration checkpointStop,
    Duration witnessAlarm,
    Duration witnessStop) {

  @JsonCreator
  public LogConfiguration(
      Path directory,
      Path keys,
      String origin,
      @Nullable Path publicKeys,
      @Nullable URI witness,
      @Nullable Path witnessKey,
      @Nullable Duration witnessRefresh,
      @Nullable Duration checkpointAlarm,
      @Nullable Duration checkpointStop,
      @Nullable Duration witnessAlarm,
      @Nullable Duration witnessStop) {
    this(
        directory,
        keys,
        origin,
        Optional.ofNullable(publicKeys),
        Optional.ofNullable(witness),
        Optional.ofNullable(witnessKey),
        or(witnessRefresh, Duration.ofMinutes(1)),
        or(checkpointAlarm, Duration.ofSeconds(5)),
        or(checkpointStop, Duration.ofSeconds(60)),
        or(witnessAlarm, Duration.ofMinutes(10)),
        or(witnessStop, Duration.ofHours(4)));
  }

  /** Our timers on the given places, without a witness. */
  public static LogConfiguration of(Path directory, Path keys, String origin) {
    return new LogConfiguration(
        directory,
        keys,
        origin,
        (Path) null,
        (URI) null,
        (Path) null,
        null,
        null,
        null,
        null,
        null);
  }

  private static Duration or(@Nullable Duration given, Duration otherwise) {
    return given == null ? otherwise : given;
  }
}
