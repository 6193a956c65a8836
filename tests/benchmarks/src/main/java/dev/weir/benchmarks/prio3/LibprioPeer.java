package dev.weir.benchmarks.prio3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.benchmarks.harness.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** libprio-rs 0.18.1 as a program: builds it once, then asks it for timings and for reports. */
final class LibprioPeer {
  static final String NAME = "libprio-rs 0.18.1";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path program;

  private LibprioPeer(Path program) {
    this.program = program;
  }

  /** Empty where its source or cargo is not, or where it does not build. */
  static Optional<LibprioPeer> build(Settings settings) throws IOException, InterruptedException {
    var source = Path.of(System.getProperty("weir.data", "absent"), "..", "peers", "prio3-rs");
    var target = settings.cache().resolve("prio3-peer");
    var program = target.resolve("release").resolve("prio3-peer");
    if (Files.isExecutable(program)) {
      return Optional.of(new LibprioPeer(program));
    }
    if (!Files.exists(source.resolve("Cargo.toml"))) {
      return Optional.empty();
    }
    var copy = target.resolve("source"); // cargo writes its lock file beside the source
    Files.createDirectories(copy.resolve("src"));
    for (String file : List.of("Cargo.toml", "src/main.rs")) {
      Files.copy(source.resolve(file), copy.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    System.err.println("building libprio-rs with cargo, once …");
    var cargo = new ProcessBuilder("cargo", "build", "--release").directory(copy.toFile());
    cargo.environment().put("CARGO_TARGET_DIR", target.toAbsolutePath().toString());
    cargo.redirectErrorStream(true).redirectOutput(target.resolve("build.log").toFile());
    try {
      int status = cargo.start().waitFor();
      return status == 0 ? Optional.of(new LibprioPeer(program)) : Optional.empty();
    } catch (IOException noCargo) {
      return Optional.empty();
    }
  }

  /** One object per instance, times in microseconds. */
  List<JsonNode> bench(double seconds) throws IOException, InterruptedException {
    return run("bench", Double.toString(seconds));
  }

  /** Fresh reports of one kind, with their measurements. */
  List<JsonNode> shard(String kind, int count) throws IOException, InterruptedException {
    return run("shard", kind, Integer.toString(count));
  }

  private List<JsonNode> run(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var lines = new ArrayList<JsonNode>();
    try (var out = process.inputReader()) {
      for (String line : out.lines().toList()) {
        lines.add(JSON.readTree(line));
      }
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the peer failed: " + String.join(" ", arguments));
    }
    return lines;
  }
}
