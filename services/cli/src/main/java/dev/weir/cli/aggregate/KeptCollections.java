package dev.weir.cli.aggregate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.aggregation.collector.CollectedBatch;
import dev.weir.aggregation.collector.CollectionJournal;
import dev.weir.aggregation.collector.KeptCollection;
import dev.weir.aggregation.task.PublicTask;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.dap.collection.Query;
import dev.weir.dap.task.TimeInterval;
import dev.weir.kernel.ProblemException;
import dev.weir.runtime.json.Json;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What a collector's directory holds of a task: paid results are shown again without asking
 * anybody. Confined.
 */
final class KeptCollections {
  private final PublicTask task;
  private final CollectionJournal journal;

  KeptCollections(PublicTask task, Path directory) {
    this.task = task;
    this.journal = new CollectionJournal(directory);
  }

  /** Each with its number, what was asked for and what came of it; a damaged one as such. */
  ObjectNode list() {
    var shown = Json.mapper().createObjectNode().put("task", task.task().id().toString());
    var all = shown.putArray("collections");
    for (var kept : journal.all(task.task().id())) {
      var entry = all.addObject().put("number", kept.number());
      try {
        put(entry, kept);
      } catch (ProblemException | UncheckedIOException damaged) {
        entry.put("damaged", true);
      }
    }
    return shown;
  }

  /**
   * A result that was collected.
   *
   * @throws CommandFault when there is no such collection, or no result of it
   */
  CollectedBatch show(int number) {
    var kept =
        journal.all(task.task().id()).stream()
            .filter(one -> one.number() == number)
            .findFirst()
            .orElseThrow(() ->
                new CommandFault(
                    ExitCode.NOT_FOUND,
                    "该目录中没有此任务的第 " + number + " 次收集；--list 列出已有各次",
                    "the directory holds no collection "
                        + number
                        + " of the task; --list tells those that it does"));
    if (kept.refusal().isPresent()) {
      throw Refusals.fault(kept.refusal().get());
    }
    return result(kept)
        .map(batch -> batch.decodedBy(task.noise()))
        .orElseThrow(() ->
            new CommandFault(
                ExitCode.RETRYABLE,
                "第 " + number + " 次收集尚无结果；重新执行当初的收集命令即可继续",
                "collection "
                    + number
                    + " has no result yet; the command that began it goes on with it"));
  }

  private static Optional<CollectedBatch> result(KeptCollection kept) {
    try {
      return kept.result();
    } catch (UncheckedIOException | ProblemException damaged) {
      int number = kept.number();
      throw new CommandFault(
          ExitCode.FAILED,
          "第 " + number + " 次收集在磁盘上已损坏，请从备份恢复该目录",
          "collection " + number + " is damaged on the disk; restore the directory from a backup");
    }
  }

  private void put(ObjectNode shown, KeptCollection kept) {
    switch (kept.request().query()) {
      case Query.OfInterval(TimeInterval interval) -> {
        shown.put("from", at(interval.start()));
        shown.put("to", at(interval.start() + interval.duration()));
      }
      case Query.NextBatch next -> shown.put("next", true);
    }
    kept.refusal().ifPresent(rule -> shown.put("refused", rule));
    kept.result()
        .ifPresent(batch -> {
          shown.put("reports", batch.reports());
          shown.put("request", batch.requestSha256());
          shown.put("alerts", batch.alerts().size());
        });
    shown.put("waiting", kept.refusal().isEmpty() && kept.result().isEmpty());
  }

  private String at(long unit) {
    return Instant.ofEpochSecond(unit * task.task().configuration().timePrecisionSeconds())
        .toString();
  }
}
