package dev.weir.cli.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorConfigurationTest {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("weir.root"), "deploy", "collector.example.yaml");

  @TempDir private Path directory;

  @Test
  void example_isAConfiguration() throws IOException {
    var configuration = CollectorConfiguration.read(EXAMPLE);
    assertThat(configuration.role()).isEqualTo(CollectorConfiguration.Role.COLLECTOR);
    assertThat(configuration.every()).isEqualTo(Duration.ofMinutes(1));
    assertThat(configuration.tasks())
        .singleElement()
        .satisfies(plan -> {
          assertThat(plan.units()).isEqualTo(24);
          assertThat(plan.after()).isEqualTo(Duration.ofHours(6));
          assertThat(plan.file()).isEqualTo(Path.of("/etc/weir/task.json"));
        });
  }

  /** As text of the file, what the sentence says of it. */
  @Test
  void aMistake_isToldByItsKeyAndLine_inBothLanguages_andIsTheCallers() throws IOException {
    String example = Files.readString(EXAMPLE);
    told(example.replace("role: COLLECTOR", "role: LEADER"), "value of role", "wrong.yaml:7");
    told(example.replace("every:", "sometimes:"), "missing", "misspelt: every");
    told(example.replace("every: PT1M", "every: often"), "value of every", "wrong.yaml:11");
    told(example.replace("every: PT1M", "every: -PT1M"), "every is not negative");
    told(example.replaceAll("(?m)^key:.*$", ""), "missing", ": key (");
    told(example.replaceAll("(?m)^key:.*$", "key:"), "missing", ": key (");
    told(example + "broker: kafka:9092\n", "no key broker");
    told(example.replace("units: 24", "units: many"), "value of tasks[0].units", "wrong.yaml:15");
    told(example.replace("    units: 24\n", ""), "missing", ": tasks[0].units (");
    told(example.replace("units: 24", "unit: 24"), "misspelt: tasks[0].units");
    told(example.replace("    after: PT6H\n", ""), "missing", ": tasks[0].after (");
    told(example.replace("after: PT6H", "after: -PT1S"), "after is between PT0S and P366D");
    told(example.replace("after: PT6H", "after: P367D"), "after is between PT0S and P366D");
    told(example.replaceAll("(?s)tasks:.*", "tasks: []\n"), "tasks has at least one");
    told(example.replace("role: COLLECTOR", "role: \"COLLECTOR"), "no YAML");
    told("", "no configuration");
    told("- a list\n", "no configuration");
  }

  private void told(String text, String... parts) throws IOException {
    Path file = Files.writeString(directory.resolve("wrong.yaml"), text);
    assertThatThrownBy(() -> CollectorConfiguration.read(file))
        .isInstanceOfSatisfying(
            CommandFault.class,
            fault -> {
              assertThat(fault.exit()).isEqualTo(ExitCode.USAGE);
              assertThat(fault.text().en()).contains(parts).contains(file.toString());
              assertThat(fault.text().zh()).contains(file.toString()).containsPattern("\\p{IsHan}");
              assertThat(fault.text().en()).doesNotContain("dev.weir", "java.", "often", "many");
            });
  }

  @Test
  void keyThatOthersMayRead_isNotRead() throws IOException {
    Path file = directory.resolve("collector.key");
    CollectorKey.generate(file).close();
    CollectorKey.read(file).close();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> CollectorKey.read(file)).isInstanceOf(CommandFault.class);
  }

  /** Somebody's passphrase, say. */
  @Test
  void fileWithoutAKey_isNotRepeated() throws IOException {
    Path file = directory.resolve("pass");
    CollectorKey.generate(file).close();
    for (String content : List.of("", "open sesame", "ab".repeat(31), "ab".repeat(33), "\u5bc6")) {
      Files.writeString(file, content);
      assertThatThrownBy(() -> CollectorKey.read(file))
          .isInstanceOfSatisfying(
              CommandFault.class,
              fault -> {
                assertThat(fault.exit()).isEqualTo(ExitCode.USAGE);
                assertThat(fault.text().en())
                    .isEqualTo(file + " holds no collector's key as `weir aggregate key` makes it");
              });
    }
  }
}
