package dev.weir.benchmarks.aggregation;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One aggregator as a process, so that its processor time can be told from everybody else's. */
final class AggregatorProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final long STOP_SECONDS = 20;
  private static final double NANOS = 1e9;

  private final Process process;
  private final Path address;

  private AggregatorProcess(Process process, Path address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Begins to start it.
   *
   * @param name of its files in the directory
   */
  static AggregatorProcess begin(String name, Path configuration, Path directory)
      throws IOException {
    var address = directory.resolve(name + ".address");
    Files.deleteIfExists(address); // an earlier one's
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=dev.weir",
            "-Djava.net.preferIPv4Stack=true",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            AggregatorMain.class.getName(),
            configuration.toString(),
            address.toString());
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(name + ".log").toFile())
            .start();
    return new AggregatorProcess(process, address);
  }

  /** The base of its API, once it answers. */
  URI api() throws IOException, InterruptedException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (!Files.exists(address)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException("an aggregator did not start");
      }
      Thread.sleep(20);
    }
    return URI.create(Files.readString(address));
  }

  /** Processor time so far, of all its threads. */
  double cpuSeconds() {
    return cpuSeconds(process.toHandle());
  }

  static double cpuSeconds(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / NANOS;
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (IOException alreadyGone) {
      kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
    }
  }
}
