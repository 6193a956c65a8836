package dev.weir.cli.stack;

import dev.weir.runtime.embedded.LoopbackPorts;
import dev.weir.runtime.embedded.ProcessMark;
import dev.weir.runtime.embedded.Waiting;
import java.time.Duration;
import java.util.List;

/** One service in a process of its own, from the same file as in the all-in-one JVM. */
final class SeparateService implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Process process;

  private SeparateService(Process process) {
    this.process = process;
  }

  static SeparateService start(StackState state, Service service) {
    var file = state.configuration(service.id());
    int port = StackPorts.read(state.directory()).port(service.id());
    Process process =
        JavaProcess.start(
            state,
            service.id(),
            ServiceMain.class.getName(),
            List.of("-Xmx512m", "-XX:+UseSerialGC"),
            List.of(service.id(), file.toString()));
    boolean answers =
        Waiting.until(PATIENCE, () -> !process.isAlive() || !LoopbackPorts.isFree(port))
            && process.isAlive();
    if (!answers) {
      process.destroyForcibly();
      throw new IllegalStateException(
          service.id() + " did not start: " + Waiting.tail(state.log(service.id())));
    }
    return new SeparateService(process);
  }

  ProcessHandle process() {
    return process.toHandle();
  }

  @Override
  public void close() {
    ProcessMark.of(process.toHandle()).stop(Duration.ofSeconds(30));
  }
}
