package dev.weir.aggregation.collect;

import dev.weir.aggregation.task.AggregationTask;
import org.jdbi.v3.core.Handle;

/** Writes the leaf of a refusal in the transaction that refuses. Thread-safe. */
@FunctionalInterface
interface RefusalLeaves {
  void refused(
      Handle handle, AggregationTask task, CollectionRow row, CollectionRow.Failure failure);
}
