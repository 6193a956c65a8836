package dev.weir.cli.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.ExitCode;
import dev.weir.dap.report.ReportError;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.wire.Bytes;
import dev.weir.runtime.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * {@code weir aggregate upload} while one aggregator or the other is away, and tasks and keys that
 * are not as they should be.
 */
class UploadCommandTest extends UploadTest {
  @Test
  void helperThatIsAway_isNotMissedOnceItsKeyIsKnown() throws IOException {
    helperAway = true;
    assertThat(upload("1\n0\n")).isEqualTo(ExitCode.RETRYABLE.status());
    assertThat(arrived).isEmpty();
    helperAway = false;
    assertThat(upload("1\n0\n")).isEqualTo(ExitCode.OK.status());
    helperAway = true;
    assertThat(upload("1\n1\n1\n")).isEqualTo(ExitCode.OK.status());
    assertThat(arrived).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void oneAggregatorInBothPlaces_getsNothing() throws IOException {
    assertThat(upload("1\n", "--helper-via", address("leader"))).isEqualTo(ExitCode.USAGE.status());
    oneKey = true;
    assertThat(upload("1\n")).isEqualTo(ExitCode.USAGE.status());
    assertThat(arrived).isEmpty();
  }

  @Test
  void contributorWithEqualRows_contributesThem_andTheSameOneIsToldThatItDidBefore()
      throws IOException {
    assertThat(upload("1\n0\n")).isEqualTo(ExitCode.OK.status());
    keyFile = "second";
    assertThat(upload("1\n0\n")).isEqualTo(ExitCode.OK.status());
    assertThat(arrived).hasSize(4);
    assertThat(upload("1\n0\n")).isEqualTo(ExitCode.NOTHING_NEW.status());
    assertThat(arrived).hasSize(4);
    assertThat(upload("1\n0\n", "--again")).isEqualTo(ExitCode.OK.status());
    assertThat(arrived).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  void keyThatTheTaskDoesNotKnow_isToldBeforeAnythingIsSealed() throws IOException {
    partyKey("stranger");
    keyFile = "stranger";
    assertThat(upload("1\n")).isEqualTo(ExitCode.USAGE.status());
    assertThat(arrived).isEmpty();
    assertThat(directory.resolve("queue")).doesNotExist();
  }

  @Test
  void leaderThatIsAway_getsWhatWasMade_evenWhenNoKeyIsToBeHad() throws IOException {
    assertThat(upload("1\n")).isEqualTo(ExitCode.OK.status());
    leaderAway = true;
    assertThat(upload("0\n0\n")).isEqualTo(ExitCode.RETRYABLE.status());
    assertThat(arrived).hasSize(1);
    leaderAway = false;
    helperAway = true;
    try (var kept = Files.walk(directory.resolve("queue"))) {
      for (Path key : kept.filter(one -> one.toString().endsWith(".hpke")).toList()) {
        Files.delete(key);
      }
    }
    assertThat(upload("0\n0\n")).isEqualTo(ExitCode.OK.status());
    assertThat(arrived).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void rowSealedToAnOldKey_isSealedToTheNewOneByTheNextRun() throws IOException {
    refusal = Optional.of(ReportError.OUTDATED_CONFIG);
    assertThat(upload("1\n0\n")).isEqualTo(ExitCode.RETRYABLE.status());
    refusal = Optional.empty();
    keyId = 2;
    assertThat(upload("1\n0\n")).isEqualTo(ExitCode.OK.status());
    assertThat(configIds).containsExactly(1, 1, 2);
    assertThat(arrived.getLast().id()).isEqualTo(arrived.getFirst().id());
    assertThat(arrived.getLast().time()).isEqualTo(arrived.getFirst().time());
  }

  @Test
  void taskFileThatIsNone_isNamed_withTheVerbThatWritesIt() throws IOException {
    for (String content : List.of("", "task: x\n", "[]", "{}")) {
      Files.writeString(directory.resolve("task.json"), content);
      var err = System.err;
      var told = new ByteArrayOutputStream();
      System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
      try {
        assertThat(upload("1\n", "--lang", "en")).isEqualTo(ExitCode.USAGE.status());
      } finally {
        System.setErr(err);
      }
      assertThat(told.toString(StandardCharsets.UTF_8))
          .contains("task.json", "weir aggregate task show --json")
          .hasLineCount(1);
    }
    assertThat(arrived).isEmpty();
  }

  @Test
  void operatorsFileOfATask_isNoContributors() throws IOException {
    Path file = directory.resolve("task.json");
    var json = (ObjectNode) Json.mapper().readTree(file.toFile());
    Files.write(file, Json.mapper().writeValueAsBytes(json.put("verifyKeySeed", "AAAA")));
    assertThat(upload("1\n")).isEqualTo(ExitCode.USAGE.status());
    assertThat(arrived).isEmpty();
  }

  @Test
  void termsThatAreNotTheTasks_areRefused() throws IOException {
    Path file = directory.resolve("task.json");
    var json = (ObjectNode) Json.mapper().readTree(file.toFile());
    json.withObject("/terms").put("nanoRho", 2);
    Files.write(file, Json.mapper().writeValueAsBytes(json));
    assertThat(errorsOf(ExitCode.USAGE, () -> upload("1\n", "--lang", "en")))
        .contains("are not one task's", "task.json");
    assertThat(arrived).isEmpty();
  }

  @Test
  void taskThatHasNotBegun_orIsOver_getsNothing_andCostsNoRow() throws IOException {
    long hour = Instant.now().getEpochSecond() / 3600;
    task(100, new TimeInterval(hour + 2, 10));
    assertThat(errorsOf(ExitCode.RETRYABLE, () -> upload("1\n", "--lang", "en")))
        .contains("the task takes reports from " + Instant.ofEpochSecond((hour + 2) * 3600));
    task(100, new TimeInterval(hour - 9, 9));
    assertThat(errorsOf(ExitCode.USAGE, () -> upload("1\n", "--lang", "en")))
        .contains("over at " + Instant.ofEpochSecond(hour * 3600));
    assertThat(arrived).isEmpty();
  }

  @Test
  void keyThatNobodyCanSealTo_costsNoRow() throws IOException {
    for (int length : new int[] {32, 31, 1}) {
      leadersKey = Optional.of(Bytes.owning(new byte[length]));
      assertThat(upload("1\n0\n")).isEqualTo(ExitCode.FAILED.status());
      assertThat(arrived).isEmpty();
    }
    leadersKey = Optional.empty();
    assertThat(upload("1\n0\n")).isEqualTo(ExitCode.OK.status());
    assertThat(arrived).hasSize(2);
  }
}
