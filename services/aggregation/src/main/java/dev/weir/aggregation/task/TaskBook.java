package dev.weir.aggregation.task;

import dev.weir.dap.id.TaskId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Tasks by name, kept in memory once found: they never change. Thread-safe. */
public final class TaskBook {
  private final TaskStore store;
  private final Map<TaskId, AggregationTask> known = new ConcurrentHashMap<>();

  public TaskBook(TaskStore store) {
    this.store = store;
  }

  public Optional<AggregationTask> find(TaskId id) {
    var task = known.get(id);
    if (task != null) {
      return Optional.of(task);
    }
    var found = store.find(id);
    found.ifPresent(read -> known.put(id, read));
    return found;
  }
}
