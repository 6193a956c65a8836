package dev.weir.aggregation.stream;

import static dev.weir.aggregation.rehearsal.RehearsalTask.HOUR;
import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.aggregation.upload.ContributorRates;
import dev.weir.aggregation.upload.ReportIntake;
import dev.weir.aggregation.upload.ReportSink;
import dev.weir.aggregation.upload.UploadTurn;
import dev.weir.aggregation.verify.ReportRules;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportError;
import dev.weir.dap.report.UploadErrors;
import dev.weir.dap.report.UploadErrors.Failure;
import dev.weir.dap.report.UploadRequest;
import dev.weir.dap.task.TimeInterval;
import dev.weir.privacy.vdaf.Measurement;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was taken counts, though a lane sees it when it is older by an outage. */
class OutageTest {
  private static final Instant UPLOADED = Instant.parse("2026-11-20T10:57:00Z");
  private static final int BURST = 100;
  private static final int HOURS = 52;

  @TempDir private Path state;
  private Instant now = UPLOADED;
  private final InstantSource clock = () -> now;

  /**
   * Reports of each hour, the oldest too old, on their way when an aggregator goes down.
   *
   * @param seconds of the outage, by the clock of an aggregator that may be ahead
   * @param refused hours that are too long ago when they are uploaded
   */
  @ParameterizedTest
  @CsvSource({"48, 3900, 5, false", "48, 3900, 5, true", "2, 3600, 50, false", "2, 3600, 50, true"})
  void reportsThatWereTaken_areCountedAnHourLater(
      int maxAgeHours, long seconds, int refused, boolean leaderIsDown) {
    // given
    var began = InstantSource.fixed(UPLOADED.minusSeconds(HOURS * HOUR));
    var task = aTask().maxAgeSeconds(maxAgeHours * HOUR).clock(began).make();
    assertThat(task.terms.outageSeconds()).isEqualTo(seconds);
    var reports = new ArrayList<Report>(); // the oldest first
    for (int ago = HOURS - 1; ago >= 0; ago--) {
      reports.add(
          task.maker(ago % 3, clock).make(Measurement.yes(true), task.hour(UPLOADED) - ago));
    }
    try (var two = new TwoAggregators(task, clock, state)) {
      // when
      var waiting = new ArrayList<Report>();
      ReportSink up = (about, taken) -> taken.forEach(two::upload);
      ReportSink down = (about, taken) -> waiting.addAll(taken);
      var answer = uploaded(task, reports, leaderIsDown ? down : up);
      now = UPLOADED.plusSeconds(seconds);
      waiting.forEach(two::upload);
      two.exchange();
      two.close(1, new TimeInterval(task.hour(UPLOADED) - HOURS, HOURS + 1));
      // then
      int taken = HOURS - answer.failures().size();
      assertThat(two.leaderShare().sum().reports()).isEqualTo(taken);
      assertThat(two.helperShare().sum().reports()).isEqualTo(taken);
      assertThat(answer.failures())
          .containsExactlyElementsOf(
              reports.subList(0, refused).stream()
                  .map(late -> Failure.of(late.metadata().id(), ReportError.REPORT_DROPPED))
                  .toList());
    }
  }

  private UploadErrors uploaded(RehearsalTask task, List<Report> reports, ReportSink sink) {
    var rules = new ReportRules(clock);
    var figures = new MeteredReports(new PrometheusRegistry());
    var turn = new UploadTurn(new ContributorRates(BURST, BURST, () -> 0), rules, figures);
    return new ReportIntake(
            id -> task.task,
            rules,
            task.leaderRing,
            turn,
            figures,
            sink,
            (any, time) -> Optional.empty())
        .upload(task.task.id(), new UploadRequest(reports));
  }
}
