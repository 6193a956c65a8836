package dev.weir.aggregation.verify;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.rehearsal.RehearsalTask;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ReportRulesTest {
  private static final Instant HOUR = Instant.parse("2026-11-20T11:00:00Z");

  private final RehearsalTask task = aTask().clock(InstantSource.fixed(HOUR)).make();
  private final long skew = task.terms.clockSkewSeconds();

  private ReportRules at(Instant now) {
    return new ReportRules(InstantSource.fixed(now));
  }

  /** A contributor whose clock is ahead is in the next hour already. */
  @Test
  void aReportAheadOfTheClock_isTakenWithinTheSkew_andNoSooner() {
    assertThat(skew).isPositive();
    var within = at(HOUR.minusSeconds(skew));
    var sooner = at(HOUR.minusSeconds(skew + 1));
    assertThat(within.time(task.task, task.hour(HOUR))).isEmpty();
    assertThat(within.timeAtUpload(task.task, task.hour(HOUR))).isEmpty();
    assertThat(sooner.time(task.task, task.hour(HOUR))).contains(Reason.TOO_EARLY);
    assertThat(sooner.timeAtUpload(task.task, task.hour(HOUR))).contains(Reason.TOO_EARLY);
  }

  @Test
  void aReport_isTakenUntilItsGreatestAge_andAtUploadAnOutageSooner() {
    var oldest = HOUR.plusSeconds(task.terms.maxReportAgeSeconds());
    var last = HOUR.plusSeconds(RehearsalTask.HOUR - 1); // times are told in hours
    long age = task.terms.maxReportAgeSeconds();
    assertThat(at(oldest).time(task.task, task.hour(HOUR))).isEmpty();
    assertThat(at(last.plusSeconds(age)).time(task.task, task.hour(HOUR))).isEmpty();
    assertThat(at(last.plusSeconds(age + 1)).time(task.task, task.hour(HOUR)))
        .contains(Reason.TOO_OLD);
    long taken = age - task.terms.outageSeconds();
    assertThat(at(last.plusSeconds(taken)).timeAtUpload(task.task, task.hour(HOUR))).isEmpty();
    assertThat(at(last.plusSeconds(taken + 1)).timeAtUpload(task.task, task.hour(HOUR)))
        .contains(Reason.TOO_OLD);
  }
}
