package dev.weir.runtime.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end; arguments never hold a secret. */
record CommandLine(List<String> command, Map<String, String> environment, Duration limit) {

  CommandLine {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  CommandLine(List<String> command) {
    this(command, Map.of(), Duration.ofMinutes(2));
  }

  /**
   * @param what named in the exception when the program fails
   * @throws EmbeddedException with the program's last words when it does not end in success
   */
  void run(String what) {
    Outcome outcome = tryRun();
    if (outcome.exitCode() != 0) {
      throw new EmbeddedException(
          what + " failed with code " + outcome.exitCode() + ": " + outcome.lastWords());
    }
  }

  Outcome tryRun() {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.redirectInput(Path.of("/dev/null").toFile());
    try {
      Process process = builder.start();
      var output = readInBackground(process);
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return new Outcome(-1, "no end after " + limit.toSeconds() + " s");
      }
      output.join(Duration.ofSeconds(2));
      return new Outcome(process.exitValue(), output.text());
    } catch (IOException e) {
      throw new EmbeddedException(command.getFirst() + " could not be started.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedException(command.getFirst() + " was interrupted.", e);
    }
  }

  private static Output readInBackground(Process process) {
    var output = new Output(process);
    output.thread.start();
    return output;
  }

  /** What a program left behind. */
  record Outcome(int exitCode, String output) {
    private static final int LAST_WORDS = 800;

    String lastWords() {
      return output.substring(Math.max(0, output.length() - LAST_WORDS)).strip();
    }
  }

  private static final class Output {
    @SuppressWarnings("JdkObsolete") // written by one thread, read by another
    private final StringBuffer text = new StringBuffer();

    private final Thread thread;

    Output(Process process) {
      this.thread = Thread.ofVirtual().unstarted(() -> read(process));
    }

    void join(Duration patience) throws InterruptedException {
      thread.join(patience);
    }

    String text() {
      return text.toString();
    }

    private void read(Process process) {
      try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
        reader.lines().forEach(line -> text.append(line).append('\n'));
      } catch (IOException | java.io.UncheckedIOException e) {
        text.append("(output lost)");
      }
    }
  }

  /** The program's path when {@code name} is on PATH. */
  static Optional<Path> find(String name) {
    return List.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1)).stream()
        .map(directory -> Path.of(directory, name))
        .filter(java.nio.file.Files::isExecutable)
        .findFirst();
  }
}
