package dev.weir.aggregation.task;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.dap.id.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LanesOfTasksTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:30:00Z");

  private final AggregationTask task = aTask().lanes(4).clock(InstantSource.fixed(NOW)).make().task;

  private LanesOfTasks with(int lanes, Instant now) {
    var store =
        new TaskStore() {
          @Override
          public Optional<AggregationTask> find(TaskId id) {
            return Optional.of(task).filter(it -> it.id().equals(id));
          }

          @Override
          public List<TaskId> all() {
            return List.of(task.id());
          }
        };
    return new LanesOfTasks(store, lanes, InstantSource.fixed(now));
  }

  @Test
  void anotherNumberOfLanes_thanATaskHasThatTakesReports_keepsAnAggregatorFromStarting() {
    assertThatCode(with(4, NOW)::start).doesNotThrowAnyException();
    for (int lanes : new int[] {1, 3, 5, 8}) {
      assertThatThrownBy(with(lanes, NOW)::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("set lanes to 4")
          .hasMessageContaining(task.id().toString());
    }
  }

  @Test
  void aTaskWhoseReportsAreAllTooOld_isInNobodysWay() {
    var interval = task.configuration().interval().orElseThrow();
    var end = Instant.ofEpochSecond((interval.start() + interval.duration()) * 3600);
    var oldest = Duration.ofSeconds(task.terms().maxReportAgeSeconds());
    assertThatThrownBy(with(8, end.plus(oldest))::start).isInstanceOf(IllegalStateException.class);
    assertThatCode(with(8, end.plus(oldest).plusSeconds(1))::start).doesNotThrowAnyException();
  }
}
