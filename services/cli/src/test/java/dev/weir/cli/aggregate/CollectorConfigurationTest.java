package dev.weir.cli.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.cli.CommandFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
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
          assertThat(plan.file()).isEqualTo(Path.of("/etc/weir/task.json"));
        });
  }

  @Test
  void anotherRole_orAKeyThatNobodyKnows_isRefused() throws IOException {
    String example = Files.readString(EXAMPLE);
    for (String wrong :
        new String[] {
          example.replace("role: COLLECTOR", "role: LEADER"),
          example.replace("every:", "sometimes:"),
          example.replaceAll("(?m)^key:.*$", ""),
          example + "broker: kafka:9092\n"
        }) {
      Path file = Files.writeString(directory.resolve("wrong.yaml"), wrong);
      assertThatThrownBy(() -> CollectorConfiguration.read(file)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void keyThatOthersMayRead_isNotRead() throws IOException {
    Path file = directory.resolve("collector.key");
    CollectorKey.generate(file).close();
    CollectorKey.read(file).close();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> CollectorKey.read(file)).isInstanceOf(CommandFault.class);
  }
}
