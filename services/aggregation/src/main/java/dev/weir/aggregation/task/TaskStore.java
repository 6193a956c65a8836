package dev.weir.aggregation.task;

import dev.weir.dap.id.TaskId;
import java.util.List;
import java.util.Optional;

/** The tasks of one aggregator. */
public interface TaskStore {
  Optional<AggregationTask> find(TaskId id);

  List<TaskId> all();
}
