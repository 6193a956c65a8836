package dev.weir.cli.aggregate;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.aggregation.rehearsal.RehearsedBatch;
import dev.weir.aggregation.task.PublicTask;
import dev.weir.aggregation.task.TaskView;
import dev.weir.aggregation.task.VectorTerms;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.dap.client.DapAnswerException;
import dev.weir.dap.client.KeptKey;
import dev.weir.dap.hpke.HpkeConfig;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportError;
import dev.weir.dap.report.UploadErrors;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.kernel.Bilingual.Language;
import dev.weir.runtime.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of records is one report of its party in a unit of time, whatever happens to it. */
class RecordsUploadTest {
  private static final int LENGTH = 2;

  /** Norm 1, eight bits of fraction, three records in a report. */
  private static final VectorTerms TERMS = new VectorTerms(1 << 8, 8, 3, 1);

  @TempDir private Path directory;
  private final List<Report> arrived = new ArrayList<>();
  private final RehearsalTask rehearsal =
      aTask()
          .vectors(TERMS)
          .vdaf(
              new VdafConfiguration.SumVec(LENGTH, TERMS.encoding(LENGTH).maxMeasurement(), LENGTH))
          .contributors(6, 3)
          .keysOfEach(2)
          .cap(1)
          .make();
  private Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS).plusSeconds(60);
  private Optional<RuntimeException> failure = Optional.empty();
  private Optional<ReportError> refusal = Optional.empty();
  private boolean keysAway;
  private boolean again;
  private boolean header;
  private boolean withoutWrong;
  private int contributor;
  private JsonNode shown = Json.mapper().createObjectNode();
  private String told = "";

  private static DapAnswerException away() {
    return new DapAnswerException("", "", 0);
  }

  private UploadErrors leader(List<Report> reports) {
    failure.ifPresent(thrown -> {
      throw thrown;
    });
    arrived.addAll(reports);
    return new UploadErrors(
        refusal.stream()
            .map(error -> UploadErrors.Failure.of(reports.getFirst().metadata().id(), error))
            .toList());
  }

  private HpkeConfig key(HpkeConfig config) {
    if (keysAway) {
      throw away();
    }
    return config;
  }

  private PublicTask task() {
    return PublicTask.of(TaskView.of(rehearsal.task));
  }

  private int upload(String rows) throws IOException {
    Path file = Files.writeString(directory.resolve("rows.csv"), rows);
    Path own = directory.resolve("queue");
    var leaderKey = rehearsal.leaderRing.configs().configs().getFirst();
    var helperKey = rehearsal.helperRing.configs().configs().getFirst();
    var maker =
        new SealingMaker(
            rehearsal.task.task(),
            new KeptKey(own.resolve("leader.hpke"), () -> key(leaderKey)),
            new KeptKey(own.resolve("helper.hpke"), () -> key(helperKey)),
            rehearsal.signers.get(contributor));
    var upload = new RecordsUpload(task(), maker, this::leader, () -> now);
    var err = System.err;
    var words = new ByteArrayOutputStream();
    System.setErr(new PrintStream(words, true, StandardCharsets.UTF_8));
    try {
      return upload.run(
          new UploadAnswer(Language.EN, true, summary -> shown = summary),
          own,
          rehearsal.terms.contributors().get(contributor),
          new RecordsUpload.Wish(SourceFile.of(file), header, again, withoutWrong));
    } finally {
      System.setErr(err);
      told = words.toString(StandardCharsets.UTF_8);
    }
  }

  private void assertFault(ExitCode exit, String word, ThrowingCallable upload) {
    assertThatThrownBy(upload)
        .hasMessageContaining(word)
        .isInstanceOfSatisfying(
            CommandFault.class, fault -> assertThat(fault.exit()).isEqualTo(exit));
  }

  @Test
  void recordsOfThreeParties_areClipped_andTheSumDecodes() throws IOException {
    for (String rows : List.of("0.5,0\n0.25,-1\n", "30,-40\n0,0.125\n", "-0.5,0.5\n")) {
      assertThat(upload(rows)).isEqualTo(ExitCode.OK.status());
      contributor += 2;
    }
    assertThat(shown.path("clipped").asInt()).isZero();
    var batch = new RehearsedBatch(rehearsal, () -> now);
    assertThat(arrived).hasSize(3).allMatch(batch::add);
    double[] sum = TERMS.encoding(LENGTH).decode(batch.collect(), 3);
    assertThat(sum[0]).isBetween(0.85 - 0.05, 0.85 + 0.05);
    assertThat(sum[1]).isBetween(-1.175 - 0.05, -1.175 + 0.05);
  }

  @Test
  void clippedRecords_areToldWithTheNorm() throws IOException {
    assertThat(upload("0.6,0.8\n30,-40\n0,-1\n")).isEqualTo(ExitCode.OK.status());
    assertThat(shown.path("records").asInt()).isEqualTo(3);
    assertThat(shown.path("clipped").asInt()).isEqualTo(1);
    assertThat(told).contains("1 of 3 records were clipped to the task's norm of 1");
    assertThat(shown.path("from").asText()).isEqualTo(now.truncatedTo(ChronoUnit.HOURS).toString());
    contributor = 2;
    assertThat(upload("300,1\n")).isEqualTo(ExitCode.OK.status());
    assertThat(told).contains("all of them");
  }

  @Test
  void reportThatWaits_keepsItsUnit_andIsSentOnce() throws IOException {
    failure = Optional.of(away());
    assertThat(upload("0.5,0.5\n")).isEqualTo(ExitCode.RETRYABLE.status());
    failure = Optional.empty();
    long unit = now.getEpochSecond() / 3600;
    now = now.plus(Duration.ofHours(1));
    assertThat(upload("0.5,0.5\n")).isEqualTo(ExitCode.OK.status());
    assertThat(upload("0.5,0.5\n")).isEqualTo(ExitCode.NOTHING_NEW.status());
    assertThat(arrived).singleElement().matches(report -> report.metadata().time() == unit);
  }

  /** Killed when the leader had it and nobody knew. */
  @Test
  void killedUpload_sendsTheVerySameReport() throws IOException {
    failure = Optional.of(new IllegalStateException("killed"));
    assertThatThrownBy(() -> upload("0.5,0.5\n")).hasMessage("killed");
    failure = Optional.empty();
    now = now.plus(Duration.ofHours(1));
    assertThat(upload("0.5,0.5\n")).isEqualTo(ExitCode.OK.status());
    assertThat(arrived)
        .singleElement()
        .matches(report -> report.metadata().time() == now.getEpochSecond() / 3600 - 1);
  }

  /** Killed between the journal's name and its report: nothing was made, and no unit is taken. */
  @Test
  void uploadThatMadeNoReport_takesNoUnit() throws IOException {
    keysAway = true;
    assertFault(ExitCode.RETRYABLE, "no row can be sealed", () -> upload("0.5,0.5\n"));
    keysAway = false;
    assertThat(upload("0.25,0\n")).isEqualTo(ExitCode.OK.status());
    now = now.plus(Duration.ofHours(1));
    assertThat(upload("0.5,0.5\n")).isEqualTo(ExitCode.OK.status());
    assertThat(arrived.getLast().metadata().time()).isEqualTo(now.getEpochSecond() / 3600);
  }

  @Test
  void secondFileInAUnit_isRefused_fromAnotherKeyOfThePartyToo() throws IOException {
    assertThat(upload("0.5,0.5\n")).isEqualTo(ExitCode.OK.status());
    assertFault(ExitCode.RETRYABLE, "one report of a party", () -> upload("0.25,0\n"));
    contributor = 1;
    assertFault(ExitCode.RETRYABLE, "one report of a party", () -> upload("0.25,0\n"));
    contributor = 0;
    again = true;
    assertFault(ExitCode.RETRYABLE, "one report of a party", () -> upload("0.5,0.5\n"));
    assertThat(arrived).hasSize(1);
    now = now.plus(Duration.ofHours(1));
    assertThat(upload("0.5,0.5\n")).isEqualTo(ExitCode.OK.status());
    contributor = 2;
    assertThat(upload("0.25,0\n")).as("another party").isEqualTo(ExitCode.OK.status());
    assertThat(arrived).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void reportThatIsRefusedForGood_leavesItsUnitToAnother() throws IOException {
    refusal = Optional.of(ReportError.VDAF_VERIFY_ERROR);
    assertThat(upload("0.5,0.5\n")).isEqualTo(ExitCode.FAILED.status());
    assertThat(shown.path("notCounted").findValuesAsText("code"))
        .containsExactly(ReportError.VDAF_VERIFY_ERROR.label());
    refusal = Optional.empty();
    assertThat(upload("0.25,0\n")).isEqualTo(ExitCode.OK.status());
  }

  @Test
  void wrongRow_keepsTheFileBack_unlessItIsLeftOut() throws IOException {
    String rows = "0.5,0\nNaN,0\n\n1,2,3\n0.25,0.25\n";
    assertThat(upload(rows)).isEqualTo(ExitCode.FAILED.status());
    assertThat(arrived).isEmpty();
    assertThat(shown.path("notCounted").findValuesAsText("code"))
        .containsExactly("not_decimals", "wrong_length");
    assertThat(shown.path("notCounted").findValuesAsText("row")).containsExactly("2", "4");
    withoutWrong = true;
    assertThat(upload(rows)).isEqualTo(ExitCode.FAILED.status());
    assertThat(arrived).hasSize(1);
    assertThat(shown.path("records").asInt()).isEqualTo(2);
    contributor = 2;
    assertThat(upload("x,y\n")).as("no record at all").isEqualTo(ExitCode.FAILED.status());
    assertThat(arrived).hasSize(1);
  }

  /** It would be missing in the sum, and nobody would know. */
  @Test
  void recordThatIsTakenForAHeading_isNotLeftOut() throws IOException {
    header = true;
    assertFault(ExitCode.USAGE, "no heading", () -> upload("0.5,\"0\"\n0.25,0.25\n"));
    assertThat(arrived).isEmpty();
    assertThat(upload("x,y\n0.5,\"0\"\n0.25,0.25\n")).isEqualTo(ExitCode.OK.status());
    assertThat(shown.path("records").asInt()).isEqualTo(2);
  }

  @Test
  void moreRecordsThanAReportAddsUp_andNone_areNotSent() {
    assertFault(ExitCode.USAGE, "at most 3 records", () -> upload("0,0\n0,0\n0,0\n0,0\n"));
    assertFault(ExitCode.USAGE, "no record", () -> upload("\n\n"));
    assertThat(arrived).isEmpty();
  }
}
