package dev.weir.aggregation.stream;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.verify.Reason;
import dev.weir.dap.report.Report;
import dev.weir.privacy.vdaf.Measurement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Marks outlive the reports' age twice, whatever clocks do. */
class ReplayMarksTest extends PairTest {
  private static final Duration AGE = Duration.ofHours(10);

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

  @Test
  void reportThatComesAgain_isReplayedUntilTwiceItsAge_andTooOldEverAfter() {
    var two = with(aTask().maxAgeSeconds(AGE.toSeconds()).clock(clock).make(), now::get);
    var report = two.task.maker(0, clock).make(Measurement.yes(true));
    two.upload(report);
    two.exchange();
    var unitsEnd = Instant.ofEpochSecond((HOUR + 1) * 3_600);

    forget(two, unitsEnd.plus(AGE.multipliedBy(2)).minusSeconds(1));
    again(two, report, Map.of(Reason.REPLAYED, 1L));

    forget(two, unitsEnd.plus(AGE.multipliedBy(2)));
    again(two, report, Map.of(Reason.REPLAYED, 1L, Reason.TOO_OLD, 1L));
  }

  /** What both do now and then, at a time that a clock has jumped to. */
  private void forget(TwoAggregators two, Instant at) {
    now.set(at);
    for (var side : new TwoAggregators.Side[] {two.leader, two.helper}) {
      side.driver.advanceWallClockTime(LaneParts.FORGET_EVERY);
      side.driver.advanceWallClockTime(LaneParts.FORGET_EVERY);
    }
    now.set(NOW);
  }

  private static void again(TwoAggregators two, Report report, Map<Reason, Long> refused) {
    two.upload(report);
    two.ask(report);
    assertThat(two.leader.refusalsShown()).isEqualTo(refused);
    assertThat(two.helper.refusalsShown()).isEqualTo(refused);
  }
}
