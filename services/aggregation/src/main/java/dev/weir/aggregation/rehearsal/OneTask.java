package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.TaskStore;
import dev.weir.dap.id.TaskId;
import java.util.List;
import java.util.Optional;

/** An aggregator that knows one task. */
record OneTask(AggregationTask task) implements TaskStore {
  @Override
  public Optional<AggregationTask> find(TaskId id) {
    return Optional.of(task).filter(it -> it.id().equals(id));
  }

  @Override
  public List<TaskId> all() {
    return List.of(task.id());
  }
}
