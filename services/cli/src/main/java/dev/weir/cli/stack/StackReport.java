package dev.weir.cli.stack;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.runtime.embedded.LoopbackPorts;
import dev.weir.runtime.embedded.OwnerOnly;
import dev.weir.runtime.embedded.ProcessMark;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the launcher last said about itself. Immutable; written whole at every change.
 *
 * @param phase where it stands
 * @param step what it is doing, or why it failed
 * @param launcher the process; a report of a dead process is history
 * @param seconds since the launcher began
 * @param addresses of what listens
 * @param stepSeconds when each step began
 * @param readySeconds when each part answered
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StackReport(
    Phase phase,
    String step,
    ProcessMark launcher,
    double seconds,
    Map<String, URI> addresses,
    Map<String, Double> stepSeconds,
    Map<String, Double> readySeconds) {
  private static final Set<String> FOUNDATION =
      Set.of(StackPorts.POSTGRES, StackPorts.KAFKA, StackPorts.KEYCLOAK);

  /** Where a launcher stands. */
  public enum Phase {
    STARTING,
    READY,
    STOPPING,
    /** All parts have ended; the launcher is about to. */
    STOPPED,
    FAILED
  }

  public StackReport {
    addresses = new TreeMap<>(addresses);
    stepSeconds = new TreeMap<>(stepSeconds);
    readySeconds = new TreeMap<>(readySeconds);
  }

  /** The newest report, when its launcher still lives and has not given the state back. */
  static Optional<StackReport> ofLiving(StackState state) {
    return read(state)
        .filter(report -> report.phase() != Phase.STOPPED && report.launcher().alive());
  }

  static Optional<StackReport> read(StackState state) {
    try {
      return Files.exists(state.report())
          ? Optional.of(
              Json.mapper().readValue(Files.readAllBytes(state.report()), StackReport.class))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether the launcher is ready, and what others rest on has not died since it last looked: for a
   * moment it knows nothing of a part that was killed.
   */
  boolean isReady() {
    return phase == Phase.READY
        && addresses.entrySet().stream()
            .filter(part -> FOUNDATION.contains(part.getKey()))
            .noneMatch(part -> LoopbackPorts.isFree(part.getValue().getPort()));
  }

  void write(StackState state) {
    try {
      OwnerOnly.directory(state.report().resolveSibling(".").normalize());
      OwnerOnly.write(
          state.report(),
          new String(Json.mapper().writeValueAsBytes(this), StandardCharsets.UTF_8) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
