package dev.weir.cli.aggregate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.ExitCode;
import dev.weir.dap.client.BulkUpload.Summary;
import dev.weir.kernel.Bilingual.Language;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Tells a contributor what came of an upload, and with which exit status. Immutable.
 *
 * @param whole for programs: people are shown the first rows that do not count
 * @param shown takes what is printed for programs, too
 */
record UploadAnswer(Language language, boolean whole, Consumer<JsonNode> shown) {
  private static final Duration SILENT = Duration.ofSeconds(10);
  private static final int MOST_SHOWN = 20;

  void show(ObjectNode summary) {
    int left = whole ? 0 : shorten(summary, "notCounted") + shorten(summary, "notTakenYet");
    shown.accept(summary);
    if (left > 0) {
      say(
          "另有 " + left + " 行未列出；加 --json 可列出全部",
          left + " more rows are not shown; --json shows all");
    }
  }

  /** How many were left out. */
  private static int shorten(ObjectNode summary, String name) {
    if (!(summary.path(name) instanceof ArrayNode rows) || rows.size() <= MOST_SHOWN) {
      return 0;
    }
    int left = rows.size() - MOST_SHOWN;
    while (rows.size() > MOST_SHOWN) {
      rows.remove(rows.size() - 1);
    }
    return left;
  }

  /** Says of a row, or a report, why it does not count: for programs, and for people. */
  void put(ObjectNode entry, String kept) {
    var reason = RowReason.of(kept);
    entry.put("code", reason.code()).put("why", reason.text().in(language));
  }

  /** What is not done says why on the error stream. */
  ExitCode status(Summary summary) {
    if (!summary.later().isEmpty()) {
      say(
          "主聚合方暂未接收部分报告（原因见 notTakenYet）；重新执行同一命令即可再次发送",
          "the leader did not take some reports yet (see notTakenYet); run the same command"
              + " again to send them again");
    }
    if (summary.waiting() > summary.later().size()) {
      say(
          "主聚合方暂不可达，报告已保存；重新执行同一命令即可继续",
          "the leader is away and reports wait here; run the same command again to go on");
    }
    if (summary.waiting() > 0) {
      return ExitCode.RETRYABLE;
    }
    return summary.told().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  /** Waits as long as the leader asks for. */
  void waitFor(Duration wait) {
    if (wait.compareTo(SILENT) > 0) {
      say(
          "主聚合方要求 " + wait.toSeconds() + " 秒后再来，等待中",
          "the leader asks to come back in " + wait.toSeconds() + " s; waiting");
    }
    LockSupport.parkNanos(wait.toNanos());
  }

  /** Not success: whoever has equal rows once more has contributed nothing. */
  ExitCode sentBefore(Optional<Instant> written, ExitCode status) {
    String day = written.map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("");
    say(
        "此内容的各行此前（" + day + "）已全部上报，本次未上报任何内容；如确需再次计入，请加 --again",
        "all rows of this content were sent before ("
            + day
            + ") and nothing was sent now;"
            + " --again contributes them once more");
    return status == ExitCode.OK ? ExitCode.NOTHING_NEW : status;
  }

  void say(String zh, String en) {
    System.err.println(language == Language.ZH ? zh : en);
  }
}
