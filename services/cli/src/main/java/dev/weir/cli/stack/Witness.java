package dev.weir.cli.stack;

import dev.weir.audit.witness.WitnessMain;
import dev.weir.runtime.embedded.LoopbackPorts;
import dev.weir.runtime.embedded.ProcessMark;
import dev.weir.runtime.embedded.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The witness: always a process of its own, with its own key and directory, so that the log cannot
 * speak for it.
 */
final class Witness implements AutoCloseable {
  static final String NAME = "witness";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final Path logKey;

  private Witness(Process process, Path logKey) {
    this.process = process;
    this.logKey = logKey;
  }

  /**
   * @param logKey published by the audit service at its first start
   */
  static Witness start(StackState state, Path logKey) {
    if (!Waiting.until(PATIENCE, () -> Files.exists(logKey))) {
      throw new IllegalStateException("the audit service has not published " + logKey);
    }
    int port = StackPorts.read(state.directory()).port(StackPorts.WITNESS);
    Process process =
        JavaProcess.start(
            state,
            NAME,
            WitnessMain.class.getName(),
            List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            List.of(state.configuration(NAME).toString()));
    boolean answers =
        Waiting.until(PATIENCE, () -> !process.isAlive() || !LoopbackPorts.isFree(port))
            && process.isAlive();
    if (!answers) {
      process.destroyForcibly();
      throw new IllegalStateException("no witness: " + Waiting.tail(state.log(NAME)));
    }
    return new Witness(process, logKey);
  }

  /** Starts it once more, after its process ended. */
  Witness again(StackState state) {
    return start(state, logKey);
  }

  ProcessHandle process() {
    return process.toHandle();
  }

  @Override
  public void close() {
    ProcessMark.of(process.toHandle()).stop(Duration.ofSeconds(20));
  }
}
