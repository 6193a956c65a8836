package dev.weir.cli.aggregate;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.aggregation.collector.CollectedBatch;
import dev.weir.aggregation.collector.CollectionJournal;
import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.aggregation.task.TaskView;
import dev.weir.cli.ExitCode;
import dev.weir.cli.WeirCommand;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.Query;
import dev.weir.runtime.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch that was paid for is found again, also where the leader has forgotten it. */
class KeptCollectionsTest {
  @TempDir private Path directory;
  private final RehearsalTask rehearsal = aTask().leaderSelected().make();
  private JsonNode shown = Json.mapper().createObjectNode();

  @BeforeEach
  void keepThree() throws IOException {
    var view = TaskView.of(rehearsal.task);
    Files.write(directory.resolve("task.json"), Json.mapper().writeValueAsBytes(view));
    kept(1, "result.json", Json.mapper().writeValueAsBytes(batch(7)));
    kept(
        2,
        "refusal",
        "urn:ietf:params:ppm:dap:error:invalidBatchSize".getBytes(StandardCharsets.UTF_8));
    var journal = new CollectionJournal(directory.resolve("kept"));
    assertThat(journal.open(rehearsal.task.id(), next()).number()).isEqualTo(3);
  }

  private static CollectionJobReq next() {
    return CollectionJobReq.of(new Query.NextBatch());
  }

  private void kept(int number, String name, byte[] content) throws IOException {
    var own = directory.resolve("kept/%s/%06d".formatted(rehearsal.task.id(), number));
    Files.createDirectories(own);
    Files.write(own.resolve("request"), next().encoded().toArray());
    Files.write(own.resolve(name), content);
    Files.write(own.resolve("forgotten"), new byte[0]);
  }

  private CollectedBatch batch(long sum) {
    return new CollectedBatch(
        rehearsal.task.id(),
        next().encoded().sha256().hex(),
        4,
        Instant.EPOCH,
        Instant.EPOCH.plusSeconds(3600),
        List.of(BigInteger.valueOf(sum)),
        BigInteger.ONE,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private int collect(String... wish) throws IOException {
    var arguments =
        new ArrayList<>(
            List.of("aggregate", "collect", "--json", "--task", directory + "/task.json"));
    arguments.addAll(List.of("--directory", directory.resolve("kept").toString()));
    arguments.addAll(List.of(wish));
    var out = System.out;
    var told = new ByteArrayOutputStream();
    System.setOut(new PrintStream(told, true, StandardCharsets.UTF_8));
    try {
      return WeirCommand.run(arguments.toArray(String[]::new));
    } finally {
      System.setOut(out);
      shown = Json.mapper().readTree(told.toByteArray());
    }
  }

  @Test
  void list_tellsWhatBecameOfEach_withoutAKeyOrAService() throws IOException {
    assertThat(collect("--list")).isEqualTo(ExitCode.OK.status());
    var all = shown.path("collections");
    assertThat(all.findValuesAsText("number")).containsExactly("1", "2", "3");
    assertThat(all.get(0).path("reports").asLong()).isEqualTo(4);
    assertThat(all.get(0).path("next").asBoolean()).isTrue();
    assertThat(all.get(1).path("refused").asText()).endsWith("invalidBatchSize");
    assertThat(all.get(2).path("waiting").asBoolean()).isTrue();
  }

  /** One that a disk has spoilt keeps no other from being told. */
  @Test
  void damagedOnes_areToldAsSuch() throws IOException {
    var own = directory.resolve("kept/" + rehearsal.task.id());
    Files.write(own.resolve("000001/result.json"), new byte[] {'{'});
    Files.write(own.resolve("000002/request"), new byte[3]);
    assertThat(collect("--list")).isEqualTo(ExitCode.OK.status());
    var all = shown.path("collections");
    assertThat(all.findValuesAsText("number")).containsExactly("1", "2", "3");
    assertThat(all.findValuesAsText("damaged")).containsExactly("true", "true");
    assertThat(all.get(2).path("waiting").asBoolean()).isTrue();
    assertThat(collect("--show", "1")).isNotEqualTo(ExitCode.OK.status());
  }

  @Test
  void show_givesAPaidResultAgain_andNothingElse() throws IOException {
    assertThat(collect("--show", "1")).isEqualTo(ExitCode.OK.status());
    assertThat(shown.path("noisyAggregate").get(0).asLong()).isEqualTo(7);
    assertThat(collect("--show", "2")).isNotEqualTo(ExitCode.OK.status());
    assertThat(collect("--show", "3")).isEqualTo(ExitCode.RETRYABLE.status());
    assertThat(collect("--show", "4")).isEqualTo(ExitCode.NOT_FOUND.status());
    assertThat(collect("--next")).as("without a key").isEqualTo(ExitCode.USAGE.status());
  }
}
