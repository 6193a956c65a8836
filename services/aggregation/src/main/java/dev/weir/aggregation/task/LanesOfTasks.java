package dev.weir.aggregation.task;

import io.dropwizard.lifecycle.Managed;
import java.time.InstantSource;

/**
 * Keeps an aggregator from starting with another number of lanes than its tasks have: their reports
 * would go to lanes that know nothing of them. A task whose reports are all too old by now has
 * nothing to lose.
 *
 * @param lanes as configured
 */
public record LanesOfTasks(TaskStore store, int lanes, InstantSource clock) implements Managed {
  /**
   * @throws IllegalStateException that names a task and what to set
   */
  @Override
  public void start() {
    for (var id : store.all()) {
      store
          .find(id)
          .filter(task -> task.lanes() != lanes && task.isAlive(clock.instant()))
          .ifPresent(this::refuse);
    }
  }

  private void refuse(AggregationTask task) {
    throw new IllegalStateException(
        "lanes is %d, but task %s has %d and may still have reports to count: set lanes to %3$d"
            .formatted(lanes, task.id(), task.lanes()));
  }
}
