package dev.weir.aggregation.collect;

import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.TaskBook;
import dev.weir.dap.DapRole;
import dev.weir.runtime.sql.Database;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/** What both aggregators work on collections with. Thread-safe. */
record DeskParts(
    DapRole role,
    Database database,
    TaskBook tasks,
    ShareRelease release,
    CollectionEvidence evidence,
    Peer peer,
    InstantSource clock,
    String bundle,
    ReleasePoint.Probe probe) {

  /** The leaf of a refusal, in the transaction that refuses; the leader's helper hears of it. */
  void leaf(Handle handle, AggregationTask task, CollectionRow row, CollectionRow.Failure failure) {
    evidence.refused(handle, task, row, failure, bundle, clock.instant());
    if (role == DapRole.LEADER) {
      var refusal = new LeaderRefusal(row.request(), row.batch(), failure.problem());
      PostgresLeaderRefusals.keep(
          handle, new ShareKey(row.task(), row.id()), refusal, clock.instant());
    }
  }

  /** The helper's leaf of a refusal of the leader's. */
  void leaderRefused(
      Handle handle, AggregationTask task, CollectionRow row, LeaderRefusal refusal) {
    var failure = new CollectionRow.Failure(refusal.problem(), "The leader refuses the batch.");
    evidence.refusedByLeader(handle, task, row, failure, bundle, clock.instant());
  }
}
