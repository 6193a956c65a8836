package dev.weir.cli.stack;

import dev.weir.runtime.embedded.EmbeddedServers;
import dev.weir.runtime.embedded.ProcessMark;
import dev.weir.runtime.embedded.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Ends what a killed stack left running, and empties a state that never became complete. */
final class StackMending {
  static final String LAUNCHER = "stack";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Kept when a state is emptied: they hold nothing that belongs to the data. */
  private static final Set<String> KEPT = Set.of("ports.json", "run", "logs");

  private StackMending() {}

  /**
   * Only call while holding the stack's lock, or once its launcher has ended.
   *
   * @return true when a server had outlived its launcher, which therefore was killed
   */
  static boolean mend(StackState state) {
    var parts = new ArrayList<String>(List.of(Witness.NAME));
    for (Service service : Service.values()) {
      parts.add(service.id());
    }
    for (String part : parts) {
      ProcessMark.read(state.mark(part)).ifPresent(mark -> mark.stop(PATIENCE));
    }
    return EmbeddedServers.mend(state.directory(), state.cache());
  }

  /** Nothing was ever acknowledged from a state without its seeded mark. */
  static void wipe(StackState state) {
    if (!Files.isDirectory(state.directory())) {
      return;
    }
    try (var entries = Files.list(state.directory())) {
      List<Path> doomed =
          entries.filter(entry -> !KEPT.contains(entry.getFileName().toString())).toList();
      doomed.forEach(Trees::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
