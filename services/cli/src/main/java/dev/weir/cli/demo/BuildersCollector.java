package dev.weir.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.aggregation.collector.CollectedBatch;
import dev.weir.aggregation.collector.CollectionJournal;
import dev.weir.aggregation.hpke.HpkeKeyRing;
import dev.weir.cli.WeirCommand;
import dev.weir.cli.aggregate.CollectorKey;
import dev.weir.cli.stack.StackState;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.Query;
import dev.weir.dap.hpke.HpkeConfig;
import dev.weir.dap.id.TaskId;
import dev.weir.runtime.embedded.Trees;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The collector of the demo's builder: {@code weir aggregate collector}, a process of its own with
 * its key, its directory and the builder's account. The demo reads what it keeps, as the builder
 * would. Confined to the demo.
 */
final class BuildersCollector {
  private final Path directory;
  private final StackState state;
  private final HpkeConfig key;

  BuildersCollector(Stage stage) throws IOException {
    Trees.delete(stage.directory("collector"));
    this.directory = stage.directory("collector");
    this.state = stage.state();
    try (var made = CollectorKey.generate(directory.resolve("key"))) {
      this.key = HpkeKeyRing.config(1, made);
    }
  }

  /** The public half of its key, for tasks. */
  HpkeConfig key() {
    return key;
  }

  /**
   * Starts the process for one round, waits for its end and returns what it printed of the batch.
   *
   * @param task as an aggregator shows it
   * @param from where the batch begins; a time unit of the task that is over
   */
  JsonNode round(JsonNode task, Instant from) throws IOException, InterruptedException {
    Path file = Files.write(directory.resolve("task.json"), Json.mapper().writeValueAsBytes(task));
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WeirCommand.class.getName(),
                "aggregate",
                "collector",
                "--once",
                configuration(file, from).toString())
            .redirectError(directory.resolve("log").toFile())
            .start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0 || said.isEmpty()) {
      throw new IllegalStateException("the collector's process ended without a word");
    }
    // A unit that ends meanwhile has a line of its own behind.
    return Json.mapper().readTree(said.lines().findFirst().orElse(said));
  }

  /** What it keeps of a batch, once it has it. */
  Optional<CollectedBatch> result(TaskId task, Query query) {
    return new CollectionJournal(kept()).open(task, CollectionJobReq.of(query)).result();
  }

  private Path kept() {
    return directory.resolve("kept");
  }

  /** JSON is YAML. */
  private Path configuration(Path task, Instant from) throws IOException {
    var configuration =
        Map.of(
            "role", "COLLECTOR",
            "profile", state.profile("builder-analyst").toString(),
            "key", directory.resolve("key").toString(),
            "directory", kept().toString(),
            "every", "PT1S",
            "tasks",
                List.of(
                    Map.of(
                        "file",
                        task.toString(),
                        "from",
                        from.toString(),
                        "units",
                        1,
                        "after",
                        "PT0S")));
    return Files.write(
        directory.resolve("collector.yaml"), Json.mapper().writeValueAsBytes(configuration));
  }
}
