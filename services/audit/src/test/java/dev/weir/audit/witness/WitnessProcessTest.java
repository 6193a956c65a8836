package dev.weir.audit.witness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.audit.log.KeyFiles;
import dev.weir.audit.log.TestLog;
import dev.weir.audit.log.WitnessDriver;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The witness as the process that it is in production. */
class WitnessProcessTest {
  @TempDir Path root;

  @Test
  void killedWitness_remembersWhatItCosigned() throws Exception {
    var log = new TestLog(root);
    var yaml =
        Files.writeString(
            root.resolve("witness.yaml"),
            """
            directory: %s
            publicKeys: %s
            host: 127.0.0.1
            port: 0
            name: weir.example/witness
            logKeyFile: %s
            """
                .formatted(
                    root.resolve("witness"),
                    root.resolve("witness-public"),
                    root.resolve("keys/log.vkey")));
    for (int size : List.of(10, 300)) {
      log.grow(size);
      var process = start(yaml);
      try {
        var driver =
            new WitnessDriver(
                log.directory(),
                new HttpWitness(URI.create("http://127.0.0.1:" + port(process))),
                () -> KeyFiles.published(root.resolve("witness-public/witness.vkey")));
        assertThat(driver.cosign()).isTrue();
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
    assertThat(Files.readString(root.resolve("witness/seen"))).contains("\n310\n");
  }

  private static Process start(Path yaml) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            WitnessMain.class.getName(),
            yaml.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String port(Process process) throws IOException {
    var out = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
    var line = out.readLine();
    return line.substring(line.lastIndexOf(' ') + 1);
  }
}
