package dev.weir.aggregation.task;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.task.Task;
import dev.weir.dap.task.TaskConfiguration;
import dev.weir.dap.task.TimeInterval;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskDocumentTest {
  @Test
  void document_printsNothingOfItsSeed() {
    var rehearsal = aTask().make();
    var seed = Base64Url.encode(rehearsal.seed);
    var configuration = Base64Url.encode(rehearsal.task.configuration().encoded());
    var document = new TaskDocument(configuration, rehearsal.terms, seed);
    assertThat(document.verifyKeySeed()).isEqualTo(seed);
    assertThat(document.toString()).doesNotContain(seed, rehearsal.seed.hex());
    assertThat(document.task().toString()).doesNotContain(seed, rehearsal.seed.hex());
  }

  /**
   * DAP has tasks for ever; a time beyond those that can be written would stop whoever reads it.
   */
  @Test
  void taskWithoutAnEnd_isNotSetUp_andOneThatStandsIsInNobodysWay() {
    var rehearsal = aTask().make();
    var last = new TimeInterval(0, 253_402_300_799L / 3600);
    assertThat(document(rehearsal, last).task().isAlive(Instant.now())).isTrue();
    for (var tooLong :
        List.of(
            new TimeInterval(0, last.duration() + 1),
            new TimeInterval(0, 1L << 62),
            new TimeInterval(0, 1L << 63),
            new TimeInterval(0, -1),
            new TimeInterval(-2, 1))) {
      var document = document(rehearsal, tooLong);
      assertThatThrownBy(document::task)
          .isInstanceOfSatisfying(
              ProblemException.class,
              refused -> assertThat(refused.type()).isEqualTo(ProblemType.VALIDATION_FAILED));
      assertThat(standing(rehearsal, document).isAlive(Instant.now())).isTrue();
    }
  }

  private static TaskDocument document(RehearsalTask rehearsal, TimeInterval interval) {
    var one = rehearsal.task.configuration();
    var configuration =
        new TaskConfiguration(
            one.info(),
            one.leader(),
            one.helper(),
            one.timePrecisionSeconds(),
            one.minBatchReports(),
            one.batchMode(),
            one.batchConfig(),
            one.vdaf(),
            List.of(TaskConfiguration.interval(interval)));
    return new TaskDocument(
        Base64Url.encode(configuration.encoded()),
        rehearsal.terms,
        Base64Url.encode(rehearsal.seed));
  }

  /** As an aggregator reads one that was set up before. */
  private static AggregationTask standing(RehearsalTask rehearsal, TaskDocument document) {
    var configuration = Task.shown(document.configuration()).configuration();
    return AggregationTask.of(configuration, rehearsal.terms, rehearsal.seed);
  }
}
