package dev.weir.cli.aggregate;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.aggregation.task.TaskView;
import dev.weir.cli.ExitCode;
import dev.weir.cli.WeirCommand;
import dev.weir.runtime.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked for is held against the task before anybody is asked. */
class CollectCommandTest {
  @TempDir private Path directory;

  private Path file(RehearsalTask rehearsal) throws IOException {
    var view = TaskView.of(rehearsal.task);
    return Files.write(
        directory.resolve(rehearsal.task.id() + ".json"), Json.mapper().writeValueAsBytes(view));
  }

  private String told(Path task, String... batch) {
    var err = System.err;
    var told = new ByteArrayOutputStream();
    var arguments = new ArrayList<>(List.of("aggregate", "collect", "--task", task.toString()));
    arguments.addAll(List.of("--key", directory.resolve("none").toString(), "--lang", "en"));
    arguments.addAll(List.of(batch));
    System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
    try {
      assertThat(WeirCommand.run(arguments.toArray(String[]::new)))
          .isEqualTo(ExitCode.USAGE.status());
    } finally {
      System.setErr(err);
    }
    return told.toString(StandardCharsets.UTF_8);
  }

  @Test
  void batchOfAnotherMode_isToldWithTheOptionsOfTheTask() throws IOException {
    Path intervals = file(aTask().make());
    Path selected = file(aTask().leaderSelected().make());
    String from = "--from=2026-01-01T00:00:00Z";
    String to = "--to=2026-01-02T00:00:00Z";
    assertThat(told(intervals, "--next")).contains("give --from and --to");
    assertThat(told(intervals, from)).contains("give --from and --to");
    assertThat(told(selected, from, to)).contains("give --next");
    assertThat(told(selected)).contains("give --next");
    assertThat(told(intervals, to, "--from=2026-01-01T00:00:01Z")).contains("multiples of");
    assertThat(told(intervals, from, to)).contains("outside the task's own");
  }

  /** One of two would be passed over in silence. */
  @Test
  void twoWaysAtOnce_areRefused() throws IOException {
    Path task = file(aTask().make());
    List<String> ways = List.of("--list", "--show=1", "--next", "--to=2026-01-02T00:00:00Z");
    for (String one : ways) {
      for (String other : ways) {
        if (!one.equals(other)) {
          assertThat(told(task, one, other)).contains("exclude each other");
        }
      }
    }
  }

  /** What is contributed afterwards would be lost: to be wanted, not to happen. */
  @Test
  void intervalThatIsNotOver_isCollectedOnlyWhenThatIsWanted() throws IOException {
    var task = aTask().make();
    var hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
    String from = "--from=" + hour;
    String to = "--to=" + hour.plus(1, ChronoUnit.HOURS);
    Path file = file(task);
    assertThat(told(file, from, to)).contains("not over", "--running");
    assertThat(told(file, from, to, "--running"))
        .contains("profile")
        .doesNotContain("not over"); // what is asked for next
  }
}
