package dev.weir.benchmarks.he;

import dev.weir.benchmarks.harness.Settings;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The same coarse calls in C++, in a process of their own, one for each time it is asked. */
final class NativeTurns implements AutoCloseable {
  private final Process process;
  private final BufferedWriter names;
  private final BufferedReader seconds;

  NativeTurns(Settings settings) throws IOException {
    this.process =
        new ProcessBuilder(settings.root().resolve(NativePeers.PROGRAM).toString(), "--turns")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    this.names = process.outputWriter(StandardCharsets.UTF_8);
    this.seconds = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Processor time of one call. */
  double millis(String call) throws IOException {
    names.write(call + "\n");
    names.flush();
    String answer = seconds.readLine();
    if (answer == null) {
      throw new IOException("the native benchmark ended");
    }
    return Double.parseDouble(answer) * 1e3;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
