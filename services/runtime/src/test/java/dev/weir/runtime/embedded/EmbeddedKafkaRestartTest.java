package dev.weir.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaRestartTest {
  @TempDir Path state;
  private KafkaSettings settings;

  @BeforeEach
  void choosePorts() {
    settings = with(LoopbackPorts.free(), LoopbackPorts.free(), "space");
  }

  private KafkaSettings with(int port, int controllerPort, String... users) {
    var secrets = new SecretStore(state.resolve("secrets"), new SecureRandom());
    return KafkaSettings.in(state, port, controllerPort, secrets, List.of(users))
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
    var newer = with(settings.port(), settings.controllerPort(), "space", "newer");
    try (var next = EmbeddedKafka.startInProcess(newer);
        var admin = next.admin()) {
      // then
      assertThat(orphan.isAlive()).isFalse();
      assertThat(admin.describeCluster().nodes().get()).hasSize(1);
      aRoleNewerThanTheState_getsItsUser(next);
    }
  }

  private static void aRoleNewerThanTheState_getsItsUser(EmbeddedKafka kafka) throws Exception {
    try (var admin = kafka.admin()) {
      KafkaUsers.ensure(admin, kafka.settings().users());
      assertThat(admin.describeUserScramCredentials().users().get())
          .containsOnly("admin", "broker", "newer", "space");
    }
    for (String user : List.of("newer", "space")) {
      try (var own = Admin.create(kafka.clientProperties(kafka.user(user)))) {
        assertThat(own.describeCluster().nodes().get()).as("logs in: %s", user).hasSize(1);
      }
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
