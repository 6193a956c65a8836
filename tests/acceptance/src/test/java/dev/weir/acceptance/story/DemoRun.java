package dev.weir.acceptance.story;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One run of {@code weir demo --json} in a process of its own, with a state of its own.
 *
 * @param status the exit status
 * @param lines everything it printed
 */
record DemoRun(int status, List<JsonNode> lines) {
  DemoRun {
    lines = List.copyOf(lines);
  }

  static DemoRun play(List<String> properties, List<String> arguments)
      throws IOException, InterruptedException {
    Path root = root();
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx768m",
            "-XX:+UseSerialGC",
            "-Dweir.root=" + root,
            "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=dev.weir",
            "-Djava.net.preferIPv4Stack=true",
            "-Dstdout.encoding=UTF-8",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    Optional.ofNullable(System.getProperty("weir.data"))
        .ifPresent(data -> command.add("-Dweir.data=" + data));
    command.addAll(properties);
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    command.addAll(List.of("-cp", classPath, "dev.weir.cli.WeirCommand", "demo", "--json"));
    command.addAll(arguments);
    Path errors = Files.createTempFile("weir-demo", ".err");
    var process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    var lines = new ArrayList<JsonNode>();
    try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(Json.mapper().readTree(line));
      }
      return new DemoRun(process.waitFor(), lines);
    } finally {
      process.destroy();
      Files.deleteIfExists(errors);
    }
  }

  JsonNode summary() {
    return lines.getLast();
  }

  List<JsonNode> told() {
    return lines.subList(0, lines.size() - 1);
  }

  private static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("deploy").resolve("demo").resolve("parties.json"))) {
      Path above = at.getParent();
      if (above == null) {
        throw new IllegalStateException("the test does not run inside a checkout");
      }
      at = above;
    }
    return at;
  }
}
