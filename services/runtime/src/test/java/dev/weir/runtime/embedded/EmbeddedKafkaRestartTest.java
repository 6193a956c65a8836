package dev.weir.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaRestartTest {
  @TempDir Path state;
  private KafkaSettings settings;

  @BeforeEach
  void choosePorts() {
    var secrets = new SecretStore(state.resolve("secrets"), new SecureRandom());
    settings =
        KafkaSettings.in(
                state, LoopbackPorts.free(), LoopbackPorts.free(), secrets, List.of("space"))
            .with(KafkaSettings.Timeouts.FAST_RESTART);
  }

  @Test
  void topics_afterTheBrokersProcessWasKilled_areThereAgain() throws Exception {
    // given
    var first = EmbeddedKafka.startChildProcess(settings);
    try (var admin = first.admin()) {
      admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1))).all().get();
    }
    first.process().destroyForcibly();
    ProcessMark.ended(first.process(), Duration.ofSeconds(5));
    // when
    try (var second = EmbeddedKafka.startChildProcess(settings);
        var admin = second.admin()) {
      // then
      assertThat(admin.listTopics().names().get()).contains("kept");
    }
  }

  @Test
  void start_whenAnOrphanStillRuns_stopsItFirst() throws Exception {
    // given
    var orphan = EmbeddedKafka.startChildProcess(settings).process();
    // when
    try (var next = EmbeddedKafka.startInProcess(settings);
        var admin = next.admin()) {
      // then
      assertThat(orphan.isAlive()).isFalse();
      assertThat(admin.describeCluster().nodes().get()).hasSize(1);
    }
  }

  @Test
  void format_whenKilledHalfway_isDoneAgain() throws Exception {
    // given
    Path half = Files.createDirectories(state.resolve("kafka").resolve("data.half"));
    Files.writeString(half.resolve("bootstrap.checkpoint"), "half");
    Files.createDirectories(KafkaStorage.logDirectory(settings));
    // when
    KafkaStorage.format(settings);
    // then
    assertThat(half).doesNotExist();
    assertThat(KafkaStorage.logDirectory(settings).resolve("meta.properties")).exists();
  }
}
