package dev.weir.dap.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.dap.RowReports;
import dev.weir.dap.client.BulkUpload.Summary;
import dev.weir.dap.client.ReportQueue.Uploader;
import dev.weir.dap.id.ReportId;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportError;
import dev.weir.dap.report.UploadErrors;
import dev.weir.dap.report.UploadErrors.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal whose disk fails or that somebody changes: no row counts twice. */
class UploadJournalTest {
  private static final int ROWS = 150;

  @TempDir private Path directory;

  /** Ids by row: a second one would count again. */
  private final Map<Long, Set<ReportId>> arrived = new HashMap<>();

  private UploadErrors take(List<Report> reports) {
    for (var report : reports) {
      arrived
          .computeIfAbsent(report.metadata().time(), row -> new HashSet<>())
          .add(report.metadata().id());
    }
    return new UploadErrors(List.of());
  }

  private Path path() {
    return directory.resolve("file.journal");
  }

  private Summary run(UploadJournal journal, Uploader leader) {
    return new BulkUpload(journal, leader, wait -> {})
        .run(
            IntStream.rangeClosed(1, ROWS).mapToObj(Integer::toString).iterator(),
            RowReports.MAKER,
            done -> {});
  }

  private Summary run() {
    try (var journal = new UploadJournal(path())) {
      return run(journal, this::take);
    }
  }

  private void assertEachRowCountsOnce() {
    assertThat(arrived).hasSize(ROWS);
    assertThat(arrived.values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
  }

  /** Wherever the disk is full: the journal goes no further until it is opened anew. */
  @Test
  void fullDisk_breaksTheJournal_andOpenedAnewItGoesOn() throws IOException {
    run();
    long whole = Files.size(path());
    for (long room = 1; room < whole / 2; room += whole / 80) {
      Files.delete(path());
      arrived.clear();
      var disk =
          new FullDisk(
              FileChannel.open(
                  path(),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE),
              room);
      try (var journal = new UploadJournal(new FramedLog(path(), disk))) {
        assertThatThrownBy(() -> run(journal, this::take)).isInstanceOf(UncheckedIOException.class);
        disk.makeRoom();
        assertThatThrownBy(() -> run(journal, this::take))
            .isInstanceOfSatisfying(
                JournalException.class,
                e -> assertThat(e.fault()).isEqualTo(JournalException.Fault.UNWRITTEN));
      }
      run();
      assertEachRowCountsOnce();
    }
  }

  @Test
  void oneChangedBit_isNoTornEnd() throws IOException {
    run();
    byte[] sound = Files.readAllBytes(path());
    int last = sound.length - 17; // the last record
    for (int at = 0; at < last; at += 97) {
      byte[] changed = sound.clone();
      changed[at] ^= (byte) (1 << at % 8);
      Files.write(path(), changed);
      assertThatThrownBy(this::run)
          .as("byte %d", at)
          .isInstanceOfSatisfying(
              JournalException.class,
              e -> assertThat(e.fault()).isEqualTo(JournalException.Fault.DAMAGED));
      assertThat(Files.readAllBytes(path())).as("nothing is cut off").isEqualTo(changed);
    }
    Files.write(path(), sound);
    run();
    assertEachRowCountsOnce();
  }

  @Test
  void tornEnd_isCutOff() throws IOException {
    run();
    byte[] sound = Files.readAllBytes(path());
    for (int length = sound.length - 1; length > sound.length - 17; length--) {
      Files.write(path(), Arrays.copyOf(sound, length));
      run();
      assertEachRowCountsOnce();
    }
  }

  @Test
  void journalInUse_isToldAsSuch() {
    try (var held = new UploadJournal(path())) {
      assertThatThrownBy(() -> new UploadJournal(path()))
          .isInstanceOfSatisfying(
              JournalException.class,
              e -> assertThat(e.fault()).isEqualTo(JournalException.Fault.IN_USE));
      run(held, this::take);
    }
    run();
    assertEachRowCountsOnce();
  }

  /** A leader that names an id three times, or ids that nobody sent. */
  @Test
  void leaderThatRepeatsItself_isHeardOnce() {
    Uploader repeating =
        reports -> {
          var id = reports.getFirst().metadata().id();
          take(reports);
          return new UploadErrors(
              List.of(
                  Failure.of(id, ReportError.INVALID_MESSAGE),
                  Failure.of(id, ReportError.INVALID_MESSAGE),
                  Failure.of(id, ReportError.REPORT_TOO_EARLY)));
        };
    try (var journal = new UploadJournal(path())) {
      var summary = run(journal, repeating);
      int requests = summary.told().size();
      assertThat(requests).isPositive();
      assertThat(summary.later()).isEmpty();
      assertThat(summary.sent()).isEqualTo(ROWS - requests);
      assertThat(summary.waiting()).isZero();
    }
  }

  /** Killed when the leader's word was half written, and the leader away after that. */
  @Test
  void answerThatWasHalfWritten_wasNotHeard() throws IOException {
    try (var journal = new UploadJournal(path())) {
      run(
          journal,
          reports ->
              new UploadErrors(
                  List.of(
                      Failure.of(
                          reports.getFirst().metadata().id(), ReportError.REPORT_TOO_EARLY))));
    }
    byte[] all = Files.readAllBytes(path());
    Files.write(path(), Arrays.copyOf(all, all.length - 17)); // without SETTLED
    try (var journal = new UploadJournal(path())) {
      var summary =
          run(
              journal,
              reports -> {
                throw new DapAnswerException("", "away", 0);
              });
      assertThat(summary.sent()).isNotNegative();
      assertThat(summary.sent() + summary.waiting()).isEqualTo(ROWS);
    }
  }
}
