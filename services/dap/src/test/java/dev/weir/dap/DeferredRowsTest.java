package dev.weir.dap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.dap.client.BulkUpload;
import dev.weir.dap.client.BulkUpload.Summary;
import dev.weir.dap.client.DapAnswerException;
import dev.weir.dap.client.ReportQueue.Uploader;
import dev.weir.dap.client.UploadJournal;
import dev.weir.dap.client.UploadJournal.Entry;
import dev.weir.dap.client.UploadJournal.Told;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportError;
import dev.weir.dap.report.ReportMetadata;
import dev.weir.dap.report.UploadErrors;
import dev.weir.dap.report.UploadErrors.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that the leader does not take yet come again with the next run, and nothing else does. */
class DeferredRowsTest {
  private static final int ROWS = 150;
  private static final long LATE = 2;

  @TempDir private Path directory;
  private final List<Report> arrived = new ArrayList<>();
  private final AtomicInteger outdated = new AtomicInteger();

  private final RowReports.Rows rows =
      new RowReports.Rows() {
        @Override
        public Entry read(long number, String row) {
          return RowReports.MAKER.read(number, row);
        }

        @Override
        public Report again(String row, ReportMetadata earlier) {
          assertThat(row).isEqualTo(Long.toString(earlier.time()));
          return RowReports.MAKER.again(row, earlier);
        }

        @Override
        public void outdated() {
          outdated.incrementAndGet();
        }
      };

  private Summary run(Uploader leader) {
    try (var journal = new UploadJournal(directory.resolve("file.journal"))) {
      return new BulkUpload(journal, leader, wait -> {})
          .run(
              IntStream.rangeClosed(1, ROWS).mapToObj(Integer::toString).iterator(),
              rows,
              done -> {});
    }
  }

  /** Takes all but the second row. */
  private Uploader refusing(ReportError error) {
    return reports -> {
      arrived.addAll(reports);
      return new UploadErrors(
          reports.stream()
              .filter(report -> report.metadata().time() == LATE)
              .map(report -> Failure.of(report.metadata().id(), error))
              .toList());
    };
  }

  private UploadErrors take(List<Report> reports) {
    arrived.addAll(reports);
    return new UploadErrors(List.of());
  }

  private Report second() {
    return arrived.stream().filter(one -> one.metadata().time() == LATE).findFirst().orElseThrow();
  }

  private static Summary allSent() {
    return new Summary(ROWS, ROWS, List.of(), 0, List.of());
  }

  @Test
  void rowTooEarlyForTheLeadersClock_goesAgainAloneAndAsItIs() {
    var first = run(refusing(ReportError.REPORT_TOO_EARLY));
    assertThat(first)
        .isEqualTo(
            new Summary(ROWS, ROWS - 1, List.of(), 1, List.of(new Told(2, "report_too_early"))));
    var early = second();
    run(refusing(ReportError.REPORT_TOO_EARLY)); // the clock is still behind
    arrived.clear();
    assertThat(run(this::take)).isEqualTo(allSent());
    assertThat(arrived).containsExactly(early);
    assertThat(run(reports -> new UploadErrors(List.of()))).isEqualTo(allSent());
    assertThat(outdated).hasValue(0);
  }

  @Test
  void rowSealedToAKeyThatIsGone_isSealedAnewUnderItsId() {
    var first = run(refusing(ReportError.OUTDATED_CONFIG));
    assertThat(first.later()).containsExactly(new Told(2, "outdated_config"));
    assertThat(first.told()).isEmpty();
    assertThat(outdated).hasValue(1);
    var gone = second();
    arrived.clear();
    assertThat(run(this::take)).isEqualTo(allSent());
    assertThat(arrived).singleElement().isNotEqualTo(gone);
    assertThat(arrived.getFirst().metadata()).isEqualTo(gone.metadata());
  }

  @Test
  void sealedAnewAndNotSent_waitsAsItWasSealed() {
    run(refusing(ReportError.OUTDATED_CONFIG));
    arrived.clear();
    var away = new AtomicInteger();
    run(reports -> {
      arrived.addAll(reports);
      away.incrementAndGet();
      throw new DapAnswerException("", "the answer was lost", 503);
    });
    assertThat(away).hasValue(1);
    assertThat(run(this::take)).isEqualTo(allSent());
    assertThat(arrived).hasSize(2).allMatch(arrived.getFirst()::equals);
  }

  @Test
  void refusalForGood_isNotSentAgain() {
    var first = run(refusing(ReportError.REPORT_DROPPED));
    assertThat(first.told()).containsExactly(new Told(2, "refused: report_dropped"));
    arrived.clear();
    assertThat(run(this::take)).isEqualTo(first);
    assertThat(arrived).isEmpty();
  }

  /**
   * Killed after any byte of the leader's answer: what it says of a row is told once, and as the
   * leader has it in the end.
   */
  @Test
  void killedWhileAnAnswerIsWrittenDown_noRowIsToldTwice() throws IOException {
    Path file = directory.resolve("file.journal");
    run(mixed());
    byte[] whole = Files.readAllBytes(file);
    var answered = run(mixed());
    assertThat(answered.told()).hasSize(2);
    assertThat(answered.later()).hasSize(1);
    for (int length = whole.length - ANSWER_BYTES; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      var again = run(mixed());
      assertThat(again).as("cut at %s", length).isEqualTo(answered);
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(run(this::take)).as("taken after all, cut at %s", length).isEqualTo(taken());
      assertThat(run(this::take)).as("and again").isEqualTo(taken());
    }
  }

  /** Of the second and last request of the file: three refusals or deferrals, and their end. */
  private static final int ANSWER_BYTES = 100;

  private Uploader mixed() {
    return reports ->
        new UploadErrors(
            reports.stream()
                .filter(report -> report.metadata().time() >= ROWS - 2)
                .map(report ->
                    Failure.of(
                        report.metadata().id(),
                        report.metadata().time() == ROWS
                            ? ReportError.REPORT_TOO_EARLY
                            : ReportError.REPORT_DROPPED))
                .toList());
  }

  private static Summary taken() {
    return new Summary(ROWS, ROWS, List.of(), 0, List.of());
  }
}
