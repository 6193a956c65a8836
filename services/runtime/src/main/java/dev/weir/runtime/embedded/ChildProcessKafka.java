package dev.weir.runtime.embedded;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The broker as a process of its own, for campaigns that kill it. */
public final class ChildProcessKafka implements EmbeddedKafka {
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private final KafkaSettings settings;
  private final Process broker;

  private ChildProcessKafka(KafkaSettings settings, Process broker) {
    this.settings = settings;
    this.broker = broker;
  }

  static ChildProcessKafka start(KafkaSettings settings) {
    mend(settings.directory());
    KafkaStorage.format(settings);
    Process process = launch(settings, writeProperties(settings));
    ProcessMark.of(process.toHandle()).write(mark(settings.directory()));
    var kafka = new ChildProcessKafka(settings, process);
    if (!kafka.awaitReady()) {
      kafka.close();
      throw new EmbeddedException("Kafka did not start: " + Waiting.tail(settings.log()));
    }
    return kafka;
  }

  /** Stops a broker that a killed parent left behind in the same directory. */
  static boolean mend(Path directory) {
    var orphan = ProcessMark.read(mark(directory)).filter(ProcessMark::alive);
    orphan.ifPresent(mark -> mark.stop(STOP_LIMIT));
    return orphan.isPresent();
  }

  @Override
  public KafkaSettings settings() {
    return settings;
  }

  public ProcessHandle process() {
    return broker.toHandle();
  }

  @Override
  public void close() {
    ProcessMark.stop(broker.toHandle(), STOP_LIMIT);
  }

  private static Path mark(Path directory) {
    return directory.resolve("broker.pid");
  }

  private static Path writeProperties(KafkaSettings settings) {
    var text = new StringWriter();
    try {
      KafkaProperties.of(settings).store(text, null);
    } catch (IOException e) {
      throw new EmbeddedException("The broker's configuration could not be written.", e);
    }
    return OwnerOnly.write(settings.directory().resolve("server.properties"), text.toString());
  }

  private static Process launch(KafkaSettings settings, Path properties) {
    OwnerOnly.directory(settings.log().resolveSibling(".").normalize());
    var command =
        List.of(
            "setsid",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-Djava.net.preferIPv4Stack=true",
            "-cp",
            System.getProperty("java.class.path"),
            "kafka.Kafka",
            properties.toString());
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(settings.log().toFile()));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new EmbeddedException("The broker's process could not be started.", e);
    }
  }

  private boolean awaitReady() {
    return Waiting.until(
            START_LIMIT, () -> !broker.isAlive() || !LoopbackPorts.isFree(settings.port()))
        && broker.isAlive()
        && answers();
  }

  private boolean answers() {
    try (var admin = admin()) {
      admin.describeCluster().nodes().get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
