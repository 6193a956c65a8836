package dev.weir.cli.stack;

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
  private static final String MAIN = "dev.weir.audit.witness.WitnessMain";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Process process;

  private Witness(Process process) {
    this.process = process;
  }

  /**
   * @param logKey published by the audit service at its first start
   */
  static Witness start(StackState state, Path logKey) {
    if (!Waiting.until(PATIENCE, () -> Files.exists(logKey))) {
      throw new IllegalStateException("the audit service has not published " + logKey);
    }
    return new Witness(
        JavaProcess.start(
            state,
            NAME,
            MAIN,
            List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            List.of(state.configuration(NAME).toString())));
  }

  boolean alive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    ProcessMark.of(process.toHandle()).stop(PATIENCE);
  }
}
