package dev.weir.aggregation.collect;

import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.TaskBook;
import dev.weir.runtime.sql.Database;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/** What both aggregators work on collections with. Thread-safe. */
record DeskParts(
    Database database,
    TaskBook tasks,
    ShareRelease release,
    CollectionEvidence evidence,
    Peer peer,
    InstantSource clock,
    String bundle,
    ReleasePoint.Probe probe) {

  /** The leaf of a refusal, in the transaction that refuses. */
  void leaf(Handle handle, AggregationTask task, CollectionRow row, CollectionRow.Failure failure) {
    evidence.refused(handle, task, row, failure, bundle, clock.instant());
  }
}
