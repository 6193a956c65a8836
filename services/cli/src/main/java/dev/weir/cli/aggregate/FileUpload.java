package dev.weir.cli.aggregate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.weir.cli.ExitCode;
import dev.weir.cli.command.ClientOptions;
import dev.weir.dap.client.BulkUpload;
import dev.weir.dap.client.BulkUpload.Summary;
import dev.weir.dap.client.ContributorSigner;
import dev.weir.dap.client.HttpAggregator;
import dev.weir.dap.client.KeptKey;
import dev.weir.dap.client.UploadJournal;
import dev.weir.dap.client.UploadJournal.Told;
import dev.weir.dap.task.Task;
import dev.weir.kernel.Bilingual.Language;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Uploads a file of measurements as one contributor. Confined. */
final class FileUpload {
  private final Task task;
  private final HttpAggregator leader;
  private final HttpAggregator helper;
  private final ContributorSigner signer;
  private final int cap;

  /**
   * @param cap how many reports of a party the task counts in a unit of time or in a batch
   */
  FileUpload(
      Task task, HttpAggregator leader, HttpAggregator helper, ContributorSigner signer, int cap) {
    this.cap = cap;
    this.task = task;
    this.leader = leader;
    this.helper = helper;
    this.signer = signer;
  }

  /**
   * Success is every row's report with the leader, and one of them new; anything else says what and
   * why.
   */
  int run(ClientOptions options, UploadPlace place, Path file, boolean header) throws IOException {
    var reader =
        new UploadRows(
            task,
            new KeptKey(place.key("leader"), leader::key),
            new KeptKey(place.key("helper"), helper::key),
            signer);
    var written = place.written();
    try (var journal = new UploadJournal(place.journal());
        var lines = Measurements.lines(file);
        var bar = bar(options.language(), place.rows())) {
      long before = journal.settled();
      var upload =
          new BulkUpload(
              journal,
              reports -> leader.upload(task.id(), reports),
              wait -> LockSupport.parkNanos(wait.toNanos()));
      var rows = header ? Stream.concat(Stream.of(""), lines.skip(1)) : lines;
      var summary = upload.run(rows.iterator(), reader, bar::stepTo);
      int status = shown(options, summary, before);
      if (summary.rows() > cap) {
        System.err.println(beyondTheCap(options.language(), summary.rows()));
      }
      boolean nothingNew = before > 0 && journal.settled() == before && summary.waiting() == 0;
      return nothingNew ? sentBefore(options, written, status) : status;
    }
  }

  /** Only both aggregators know what else a party sent in the same time. */
  private String beyondTheCap(Language language, long rows) {
    return language == Language.ZH
        ? "任务对每个主体（其全部密钥合计）在每个时间单位或批次内至多计 " + cap + " 份报告；本文件有 " + rows + " 行，超出部分不会计入"
        : "the task counts at most %,d reports of a party, over all its keys, in a unit of time or a batch; the file has %,d rows, and what is beyond does not count"
            .formatted(cap, rows);
  }

  private static int shown(ClientOptions options, Summary summary, long before) {
    var shown =
        Json.mapper()
            .createObjectNode()
            .put("rows", summary.rows())
            .put("sent", summary.sent())
            .put("sentBefore", before)
            .put("waiting", summary.waiting());
    put(shown.putArray("notCounted"), summary.told(), options.language());
    put(shown.putArray("notTakenYet"), summary.later(), options.language());
    options.show(shown);
    if (!summary.later().isEmpty()) {
      System.err.println(
          options.language() == Language.ZH
              ? "主聚合方暂未接收部分报告（原因见 notTakenYet）；重新执行同一命令即可再次发送"
              : "the leader did not take some reports yet (see notTakenYet); run the same command"
                  + " again to send them again");
    }
    if (summary.waiting() > summary.later().size()) {
      System.err.println(
          options.language() == Language.ZH
              ? "主聚合方暂不可达，报告已保存；重新执行同一命令即可继续"
              : "the leader is away and reports wait here; run the same command again to go on");
    }
    if (summary.waiting() > 0) {
      return ExitCode.RETRYABLE.status();
    }
    return (summary.told().isEmpty() ? ExitCode.OK : ExitCode.FAILED).status();
  }

  /** Not success: whoever has equal rows once more has contributed nothing. */
  private static int sentBefore(ClientOptions options, Optional<Instant> written, int status) {
    String day = written.map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("");
    System.err.println(
        options.language() == Language.ZH
            ? "此内容的各行此前（" + day + "）已全部上报，本次未上报任何内容；如确需再次计入，请加 --again"
            : "all rows of this content were sent before ("
                + day
                + ") and nothing was sent now;"
                + " --again contributes them once more");
    return status == ExitCode.OK.status() ? ExitCode.NOTHING_NEW.status() : status;
  }

  private static void put(ArrayNode shown, List<Told> rows, Language language) {
    for (Told one : rows.stream().sorted(Comparator.comparingLong(Told::row)).toList()) {
      var reason = RowReason.of(one.reason());
      shown
          .addObject()
          .put("row", one.row())
          .put("code", reason.code())
          .put("why", reason.text().in(language));
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
