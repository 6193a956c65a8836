package dev.weir.aggregation.collect;

import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.verify.Reason;
import dev.weir.dap.wire.Bytes;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.Operation;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.kernel.evidence.EvidenceRecord;
import dev.weir.runtime.evidence.EvidenceLog;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Leaves about batches: digest and release, or refusal. Counts and digests only, and nothing that
 * the other aggregator or the collector would not know, save why reports were refused. Thread-safe.
 */
final class CollectionEvidence {
  private final EvidenceLog log;
  private final String actor;

  /**
   * @param actor the service's name
   */
  CollectionEvidence(EvidenceLog log, String actor) {
    this.log = log;
    this.actor = actor;
  }

  void released(
      Handle handle,
      AggregationTask task,
      CollectionRow row,
      BatchSum batch,
      Bytes noisedShare,
      String decision,
      String rule,
      String bundle,
      Instant at) {
    var figures = figures(task, row);
    figures.put("reports", Long.toUnsignedString(batch.sum().reports()));
    figures.put("contributors", Long.toString(batch.contributors()));
    figures.put("checksum", batch.sum().checksum().hex());
    figures.put("shareSha256", noisedShare.sha256().hex());
    batch.refused().forEach((reason, count) -> count(figures, "refused.", reason, count));
    batch
        .refusedOfTask()
        .forEach((reason, count) -> count(figures, "refusedOfTask.", reason, count));
    append(
        handle, task, row, EvidenceKind.RELEASE, Optional.of(decision), rule, bundle, figures, at);
  }

  private static void count(
      SortedMap<String, String> figures, String prefix, Reason reason, long count) {
    figures.put(prefix + reason.label(), Long.toString(count));
  }

  void refused(
      Handle handle,
      AggregationTask task,
      CollectionRow row,
      CollectionRow.Failure failure,
      String bundle,
      Instant at) {
    deny(handle, task, row, failure, bundle, figures(task, row), at);
  }

  /** A refusal of the leader's, as the helper heard of it. */
  void refusedByLeader(
      Handle handle,
      AggregationTask task,
      CollectionRow row,
      CollectionRow.Failure failure,
      String bundle,
      Instant at) {
    var figures = figures(task, row);
    figures.put("refusedBy", "leader");
    deny(handle, task, row, failure, bundle, figures, at);
  }

  private void deny(
      Handle handle,
      AggregationTask task,
      CollectionRow row,
      CollectionRow.Failure failure,
      String bundle,
      SortedMap<String, String> figures,
      Instant at) {
    append(
        handle,
        task,
        row,
        EvidenceKind.DECISION,
        Optional.of("deny"),
        failure.problem().slug(),
        bundle,
        figures,
        at);
  }

  private void append(
      Handle handle,
      AggregationTask task,
      CollectionRow row,
      EvidenceKind kind,
      Optional<String> decision,
      String rule,
      String bundle,
      SortedMap<String, String> figures,
      Instant at) {
    log.append(
        handle,
        new EvidenceRecord(
            EvidenceRecord.VERSION,
            LeafId.random(),
            kind,
            at,
            task.terms().collector(),
            actor,
            Operation.AGGREGATION_COLLECT,
            row.id().toString(),
            Optional.of(task.terms().contractId().toString()),
            decision,
            Optional.of(rule),
            bundle,
            figures),
        task.terms().leader(),
        task.terms().helper());
  }

  private static SortedMap<String, String> figures(AggregationTask task, CollectionRow row) {
    var figures = new TreeMap<String, String>();
    figures.put("taskId", task.id().toString());
    task.terms().robustness().ifPresent(lacking -> figures.put("robustness", lacking.label()));
    figures.put("batchSha256", row.batch().encoded().sha256().hex());
    return figures;
  }
}
