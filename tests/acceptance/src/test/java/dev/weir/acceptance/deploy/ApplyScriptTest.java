package dev.weir.acceptance.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.SharedServices;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The limits of {@code deploy/kafka/apply.sh}, raised on a real broker. {@code kafka-configs} is
 * Kafka's own command, run from its class; {@code kafka-topics} and {@code kafka-acls} are left out
 * with the script's lines that need them, for the libraries here have no such commands. Topics of
 * the test stand for the leader's.
 */
@ExtendWith(SharedServices.class)
class ApplyScriptTest {
  private static final String SMALLER = "leader.apply-smaller";
  private static final String LARGER = "leader.apply-larger";
  private static final int WANTED = 4_259_840;
  private static final int OPERATORS = 9_000_000;

  @TempDir private Path directory;
  private Path script;

  @BeforeEach
  void write() throws IOException {
    var bin = Files.createDirectories(directory.resolve("bin"));
    executable(
        bin.resolve("kafka-configs.sh"),
        "#!/bin/sh\nexec '%s/bin/java' -Xmx64m -XX:TieredStopAtLevel=1 -cp '%s' kafka.admin.ConfigCommand \"$@\"\n"
            .formatted(System.getProperty("java.home"), System.getProperty("java.class.path")));
    var lines =
        Files.readAllLines(Path.of(System.getProperty("weir.root"), "deploy", "kafka", "apply.sh"));
    String head =
        lines.stream()
            .filter(line -> !line.matches("(topic|allow|limits?) .*"))
            .collect(Collectors.joining("\n"));
    assertThat(lines).contains("limit leader.reports " + WANTED);
    script =
        executable(
            directory.resolve("apply.sh"),
            head + "\nlimit %s %d\nlimit %s %d\n".formatted(SMALLER, WANTED, LARGER, WANTED));
  }

  private static Path executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void limits_areRaised_andAnOperatorsLargerOneStays(EmbeddedServices services) throws Exception {
    // given
    try (var admin = services.brokerAdmin()) {
      admin
          .createTopics(
              List.of(new NewTopic(SMALLER, 1, (short) 1), new NewTopic(LARGER, 1, (short) 1)))
          .all()
          .get();
      var larger = new ConfigEntry("max.message.bytes", Integer.toString(OPERATORS));
      admin
          .incrementalAlterConfigs(
              Map.of(topic(LARGER), List.of(new AlterConfigOp(larger, AlterConfigOp.OpType.SET))))
          .all()
          .get();
      // when
      String said = run(services);
      // then
      assertThat(said).contains("Completed updating config for topic " + SMALLER);
      assertThat(said).doesNotContain("Completed updating config for topic " + LARGER);
      var limits = new HashMap<String, String>();
      admin
          .describeConfigs(List.of(topic(SMALLER), topic(LARGER)))
          .all()
          .get()
          .forEach((of, config) -> limits.put(of.name(), config.get("max.message.bytes").value()));
      assertThat(limits)
          .containsEntry(SMALLER, Integer.toString(WANTED))
          .containsEntry(LARGER, Integer.toString(OPERATORS));
      admin.deleteTopics(List.of(SMALLER, LARGER)).all().get();
    }
  }

  private static ConfigResource topic(String name) {
    return new ConfigResource(ConfigResource.Type.TOPIC, name);
  }

  private String run(EmbeddedServices services) throws Exception {
    var properties =
        Files.writeString(directory.resolve("admin.properties"), services.adminProperties());
    var builder = new ProcessBuilder("bash", script.toString()).redirectErrorStream(true);
    builder.environment().put("BOOTSTRAP", services.bootstrapServers());
    builder.environment().put("ADMIN", properties.toString());
    builder.environment().put("KAFKA", directory.toString());
    var process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
