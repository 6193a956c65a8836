package dev.weir.runtime.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Ends the server that a killed parent left running in a data directory, and clears a lock file
 * that no server stands behind. Only a process whose working directory is the data directory is
 * touched: the server always works there, and a recycled process number does not.
 */
record PostgresOrphan(PostgresDirectory directory) {

  /**
   * @return true when there was a server to stop
   */
  boolean mend() {
    Path lock = directory.path().resolve("postmaster.pid");
    if (!Files.exists(lock)) {
      return false;
    }
    boolean stopped = recorded(lock).filter(this::isOurs).map(this::stop).orElse(false);
    // Children of a killed server leave by themselves once they notice; a new server must not
    // start beside them.
    workers().forEach(worker -> ProcessMark.ended(worker, Duration.ofSeconds(10)));
    workers().forEach(ProcessHandle::destroyForcibly);
    try {
      Files.deleteIfExists(lock);
    } catch (IOException e) {
      throw new EmbeddedException("The stale lock " + lock + " could not be removed.", e);
    }
    return stopped;
  }

  private static Optional<ProcessHandle> recorded(Path lock) {
    try (Stream<String> lines = Files.lines(lock)) {
      return lines
          .findFirst()
          .map(String::strip)
          .filter(line -> line.matches("[1-9][0-9]{0,9}"))
          .flatMap(line -> ProcessHandle.of(Long.parseLong(line)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private boolean stop(ProcessHandle server) {
    if (!pgCtlStop("fast") && !pgCtlStop("immediate")) {
      server.destroyForcibly();
    }
    ProcessMark.ended(server, Duration.ofSeconds(10));
    return true;
  }

  private boolean pgCtlStop(String mode) {
    return new CommandLine(
                directory
                    .binaries()
                    .command(
                        "pg_ctl",
                        List.of("stop", "-D", directory.path().toString(), "-m", mode, "-w")))
            .tryRun()
            .exitCode()
        == 0;
  }

  private List<ProcessHandle> workers() {
    Predicate<ProcessHandle> ours = this::isOurs;
    return ProcessHandle.allProcesses().filter(ours).toList();
  }

  private boolean isOurs(ProcessHandle process) {
    try {
      Path place = Path.of("/proc", Long.toString(process.pid()));
      return Files.readSymbolicLink(place.resolve("cwd")).equals(directory.path().toRealPath())
          && Files.readString(place.resolve("cmdline")).contains("postgres");
    } catch (IOException e) {
      return false;
    }
  }
}
