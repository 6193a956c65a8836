package dev.weir.cli.aggregate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.weir.aggregation.task.PublicTask;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.dap.client.BulkUpload;
import dev.weir.dap.client.BulkUpload.Summary;
import dev.weir.dap.client.ReportQueue.Uploader;
import dev.weir.dap.client.UploadJournal;
import dev.weir.dap.client.UploadJournal.Told;
import dev.weir.dap.task.Task;
import dev.weir.kernel.Bilingual.Language;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Uploads a file of measurements as one contributor. Confined. */
final class FileUpload {
  private final Task task;
  private final Uploader leader;
  private final SealingMaker maker;
  private final int cap;
  private final InstantSource clock;

  FileUpload(PublicTask task, Uploader leader, SealingMaker maker, InstantSource clock) {
    this.task = task.task();
    this.leader = leader;
    this.maker = maker;
    this.cap = task.terms().maxReportsPerContributor();
    this.clock = clock;
  }

  /**
   * Success is every row's report with the leader, and one of them new; anything else says what and
   * why.
   */
  int run(UploadAnswer answer, UploadPlace place, SourceFile file, boolean header)
      throws IOException {
    if (place.isNew()) {
      TaskTime.require(task.configuration(), clock.instant());
      requireRows(file, header);
    }
    var reader = new UploadRows(task.configuration().vdaf(), maker);
    var written = place.written();
    try (var journal = new UploadJournal(place.journal());
        var reading = file.read(place.content().bytes());
        var bar = bar(answer.language(), place.content().rows())) {
      long before = journal.settled();
      var upload = new BulkUpload(journal, leader, answer::waitFor);
      var lines = Measurements.lines(reading);
      var rows = header ? Stream.concat(Stream.of(""), lines.skip(1)) : lines;
      var summary = upload.run(rows.iterator(), reader, bar::stepTo);
      show(answer, summary, before);
      requireSame(file, place, reading);
      var status = answer.status(summary);
      long reports = summary.sent() + summary.waiting();
      if (reports > cap) {
        tellBeyondTheCap(answer, reports);
      }
      boolean nothingNew = before > 0 && journal.settled() == before && summary.waiting() == 0;
      return (nothingNew ? answer.sentBefore(written, status) : status).status();
    }
  }

  private void requireRows(SourceFile file, boolean header) throws IOException {
    var measurements = new Measurements(task.configuration().vdaf());
    try (var reading = file.read(Long.MAX_VALUE)) {
      Heading.require(Measurements.lines(reading).iterator(), header, measurements::isOfIntegers);
    }
  }

  private static void requireSame(SourceFile file, UploadPlace place, SourceFile.Reading reading)
      throws IOException {
    if (!reading.sha256().equals(place.content().sha256())) {
      throw new CommandFault(
          ExitCode.FAILED,
          file.path() + " 在上报期间被改动：已上报的是当时读到的行，再次执行会把改动后的文件当作新内容",
          file.path()
              + " was changed while it was uploaded: what was sent are the rows that were read then,"
              + " and the file as it is now would count as another one");
    }
    if (file.isOtherThan(place.content())) {
      throw new CommandFault(
          ExitCode.FAILED,
          file.path() + " 在上报期间增长：第 " + place.content().rows() + " 行之后的内容未上报，请另存为一个文件上报",
          file.path()
              + " grew while it was uploaded: what is behind row "
              + place.content().rows()
              + " was not sent; upload it as a file of its own");
    }
  }

  /** Only both aggregators know what else a party sent in the same time. */
  private void tellBeyondTheCap(UploadAnswer answer, long reports) {
    answer.say(
        "任务对每个主体（其全部密钥合计）在每个时间单位或批次内至多计 " + cap + " 份报告；本文件有 " + reports + " 份，超出部分不会计入",
        "the task counts at most %,d reports of a party, over all its keys, in a unit of time or a batch; the file has %,d, and what is beyond does not count"
            .formatted(cap, reports));
  }

  private static void show(UploadAnswer answer, Summary summary, long before) {
    var shown =
        Json.mapper()
            .createObjectNode()
            .put("rows", summary.rows())
            .put("sent", summary.sent())
            .put("sentBefore", before)
            .put("waiting", summary.waiting());
    put(shown.putArray("notCounted"), answer, summary.told());
    put(shown.putArray("notTakenYet"), answer, summary.later());
    answer.show(shown);
  }

  private static void put(ArrayNode shown, UploadAnswer answer, List<Told> rows) {
    for (Told one : rows.stream().sorted(Comparator.comparingLong(Told::row)).toList()) {
      answer.put(shown.addObject().put("row", one.row()), one.reason());
    }
  }

  /** A progress bar on a terminal, nothing elsewhere. */
  private static ProgressBar bar(Language language, long rows) {
    boolean terminal = System.console() != null && System.console().isTerminal();
    return new ProgressBarBuilder()
        .setTaskName(language == Language.ZH ? "上报" : "rows")
        .setInitialMax(rows)
        .setStyle(ProgressBarStyle.ASCII)
        .setConsumer(new DelegatingProgressBarConsumer(terminal ? System.err::print : text -> {}))
        .build();
  }
}
