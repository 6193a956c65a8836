package dev.weir.query.sum.custody;

import dev.weir.he.HeLibrary;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.Operation;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.kernel.evidence.EvidenceRecord;
import dev.weir.query.sum.SumBatch;
import dev.weir.query.sum.SumParty;
import dev.weir.query.sum.SumTask;
import dev.weir.runtime.evidence.EvidenceLog;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Leaves of released and refused sums: counts and digests. Departments and consumer may read them;
 * adders may not. Thread-safe.
 */
final class SumEvidence {
  private final EvidenceLog log;
  private final String actor;
  private final String bundleVersion;

  /**
   * @param actor the service's name
   * @param bundleVersion of the policy bundle in force
   */
  SumEvidence(EvidenceLog log, String actor, String bundleVersion) {
    this.log = log;
    this.actor = actor;
    this.bundleVersion = bundleVersion;
  }

  LeafId released(
      Handle handle, SumTask task, SumOutcome kept, SumGate.Verdict.Allowed allowed, Instant at) {
    var readers = producers(task);
    readers.add(allowed.provider());
    var record =
        record(
            task,
            kept.batch(),
            EvidenceKind.RELEASE,
            allowed.result(),
            allowed.rule(),
            at,
            figures(task, kept));
    return log.append(handle, record, readers);
  }

  LeafId refused(
      Handle handle,
      SumTask task,
      SumBatch batch,
      String reason,
      Instant at,
      SortedMap<String, String> figures) {
    var record = record(task, batch, EvidenceKind.DECISION, "deny", reason, at, figures);
    return log.append(handle, record, producers(task));
  }

  static SortedMap<String, String> figures(SumTask task, SumOutcome outcome) {
    var figures = new TreeMap<String, String>();
    figures.put("statementSha256", outcome.statementSha256());
    figures.put("producers", Integer.toString(outcome.producers()));
    figures.put("inputs", Integer.toString(outcome.inputs()));
    figures.put("nanoRho", Long.toString(task.nanoRho()));
    figures.put("library", HeLibrary.loaded().description());
    return figures;
  }

  private EvidenceRecord record(
      SumTask task,
      SumBatch batch,
      EvidenceKind kind,
      String decision,
      String rule,
      Instant at,
      SortedMap<String, String> figures) {
    return new EvidenceRecord(
        EvidenceRecord.VERSION,
        LeafId.random(),
        kind,
        at,
        task.consumer(),
        actor,
        Operation.AGGREGATION_COLLECT,
        batch.task() + "/" + batch.window() + "/" + batch.group(),
        Optional.of(task.contractId().toString()),
        Optional.of(decision),
        Optional.of(rule),
        bundleVersion,
        figures);
  }

  private static Set<CreditCode> producers(SumTask task) {
    var codes = new LinkedHashSet<CreditCode>();
    task.producers().stream().map(SumParty::party).forEach(codes::add);
    return codes;
  }
}
