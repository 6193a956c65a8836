package dev.weir.cli.aggregate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.aggregation.task.Contributor;
import dev.weir.aggregation.task.PublicTask;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.dap.client.BulkUpload;
import dev.weir.dap.client.BulkUpload.Summary;
import dev.weir.dap.client.ReportQueue.Uploader;
import dev.weir.dap.client.UploadJournal;
import dev.weir.dap.client.UploadJournal.Entry;
import dev.weir.dap.client.UploadJournal.Told;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportMetadata;
import dev.weir.privacy.vdaf.FixedPointEncoding;
import dev.weir.privacy.vdaf.Measurement;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Uploads a file of one party's records to a task that clips and encodes them: as one report, the
 * only one that counts in its unit of time. Confined.
 */
final class RecordsUpload {
  private final PublicTask task;
  private final FixedPointEncoding encoding;
  private final SealingMaker maker;
  private final Uploader leader;
  private final InstantSource clock;

  /**
   * What is wanted of a file.
   *
   * @param again although the same content was contributed before
   * @param withoutWrong although some rows are no records
   */
  record Wish(SourceFile file, boolean header, boolean again, boolean withoutWrong) {}

  /**
   * @throws java.util.NoSuchElementException when the task's terms encode nothing
   */
  RecordsUpload(PublicTask task, SealingMaker maker, Uploader leader, InstantSource clock) {
    this.task = task;
    this.encoding = task.noise().encoding().orElseThrow();
    this.maker = maker;
    this.leader = leader;
    this.clock = clock;
  }

  /**
   * Success is a report with the leader, a new one, that holds every row; anything else says what
   * and why.
   *
   * @param directory for everything of the task
   */
  int run(UploadAnswer answer, Path directory, Contributor contributor, Wish wish)
      throws IOException {
    var records = RecordFile.read(wish.file(), wish.header(), encoding);
    try (var journals = UnitJournals.open(directory, contributor, task.terms().contributors())) {
      var begun =
          wish.again() ? Optional.<UnitJournals.Place>empty() : journals.of(records.sha256());
      if (begun.isEmpty()
          && (records.records() == 0 || !records.wrong().isEmpty() && !wish.withoutWrong())) {
        return nothingSent(answer, records);
      }
      var place = begun.isPresent() ? begun.get() : free(journals, records.sha256());
      return sent(answer, place, records);
    }
  }

  /**
   * @throws CommandFault when the party has its report of now
   */
  private UnitJournals.Place free(UnitJournals journals, String sha256) {
    TaskTime.require(task.task().configuration(), clock.instant());
    long unit =
        clock.instant().getEpochSecond() / task.task().configuration().timePrecisionSeconds();
    if (journals.isTaken(unit)) {
      throw new CommandFault(
          ExitCode.RETRYABLE,
          "此任务在每个时间单位内只计每个主体的一份报告，该主体在 "
              + at(unit)
              + " 至 "
              + at(unit + 1)
              + " 之间已有报告：再有一份会被丢弃，故未上报任何内容；请在该时段结束后再执行",
          "the task counts one report of a party in each unit of time, and this party has one from "
              + at(unit)
              + " to "
              + at(unit + 1)
              + ": another would be dropped, so nothing was sent; run it again when that time is"
              + " over");
    }
    return journals.place(unit, sha256);
  }

  private int sent(UploadAnswer answer, UnitJournals.Place place, RecordFile records)
      throws IOException {
    var written =
        Files.exists(place.journal())
            ? Optional.of(Files.getLastModifiedTime(place.journal()).toInstant())
            : Optional.<Instant>empty();
    try (var journal = new UploadJournal(place.journal())) {
      long before = journal.settled();
      var upload = new BulkUpload(journal, leader, answer::waitFor);
      var reader = new OneReport(records.measurement(), place.unit());
      var summary = upload.run(List.of("all records").iterator(), reader, rows -> {});
      answer.show(shown(answer, records, place, summary, before));
      tellClipped(answer, records);
      var status = answer.status(summary);
      if (status == ExitCode.OK && !records.wrong().isEmpty()) {
        status = ExitCode.FAILED;
      }
      boolean nothingNew = before > 0 && journal.settled() == before && summary.waiting() == 0;
      return (nothingNew ? answer.sentBefore(written, status) : status).status();
    }
  }

  /** A report that was sent cannot be mended, so that its rows are right before it is made. */
  private static int nothingSent(UploadAnswer answer, RecordFile records) {
    var shown = Json.mapper().createObjectNode().put("rows", records.rows()).put("records", 0);
    shown.put("sent", 0);
    put(shown.putArray("notCounted"), answer, records);
    answer.show(shown);
    answer.say(
        "有行不是记录（见 notCounted）；报告发出后不能更正，故未上报任何内容。请改正文件，首行若为表头请加 --header，或以 --without-wrong-rows 略过这些行",
        "some rows are no records (see notCounted); a report that was sent cannot be mended, so"
            + " nothing was sent. Mend the file, add --header if the first row is a heading, or"
            + " leave them out with --without-wrong-rows");
    return ExitCode.FAILED.status();
  }

  private ObjectNode shown(
      UploadAnswer answer,
      RecordFile records,
      UnitJournals.Place place,
      Summary summary,
      long before) {
    var shown =
        Json.mapper()
            .createObjectNode()
            .put("rows", records.rows())
            .put("records", records.records())
            .put("clipped", records.clipped())
            .put("from", at(place.unit()))
            .put("to", at(place.unit() + 1))
            .put("sent", summary.sent())
            .put("sentBefore", before)
            .put("waiting", summary.waiting());
    var notCounted = shown.putArray("notCounted");
    put(notCounted, answer, records);
    put(notCounted, answer, summary.told());
    put(shown.putArray("notTakenYet"), answer, summary.later());
    return shown;
  }

  private static void put(ArrayNode shown, UploadAnswer answer, RecordFile records) {
    for (var wrong : records.wrong()) {
      var row = shown.addObject().put("row", wrong.row());
      answer.put(row, wrong.reason());
    }
  }

  /** The report is of all rows, and has none of its own. */
  private static void put(ArrayNode shown, UploadAnswer answer, List<Told> report) {
    report.forEach(one -> answer.put(shown.addObject(), one.reason()));
  }

  private void tellClipped(UploadAnswer answer, RecordFile records) {
    if (records.clipped() == 0) {
      return;
    }
    String norm =
        BigDecimal.valueOf(encoding.clipUnits())
            .divide(BigDecimal.valueOf(1L << encoding.fractionBits()))
            .stripTrailingZeros()
            .toPlainString();
    boolean all = records.clipped() == records.records();
    answer.say(
        records.records()
            + " 条记录中有 "
            + records.clipped()
            + " 条被裁剪到任务规定的范数 "
            + norm
            + (all ? "；全部被裁剪，请核对文件的单位" : ""),
        records.clipped()
            + " of "
            + records.records()
            + " records were clipped to the task's norm of "
            + norm
            + (all ? "; that is all of them: are they in the task's units?" : ""));
  }

  private String at(long unit) {
    return Instant.ofEpochSecond(unit * task.task().configuration().timePrecisionSeconds())
        .toString();
  }

  /** The one report of all records, in its unit of time whenever it is sent. */
  private final class OneReport implements BulkUpload.RowReader {
    private final Measurement measurement;
    private final long unit;

    OneReport(Measurement measurement, long unit) {
      this.measurement = measurement;
      this.unit = unit;
    }

    @Override
    public Entry read(long number, String row) {
      return new Entry.Good(number, maker.get().make(measurement, unit));
    }

    @Override
    public Report again(String row, ReportMetadata earlier) {
      return maker.get().again(measurement, earlier);
    }

    @Override
    public void outdated() {
      maker.outdated();
    }
  }
}
