package dev.weir.acceptance.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.acceptance.stack.Records;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportError;
import dev.weir.dap.report.UploadErrors.Failure;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.privacy.vdaf.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nothing orders the two operators: what comes before the second has the task is not lost. */
@ExtendWith({SharedServices.class, SharedClinics.class})
class EarlyReportsTest {
  private static final int REPORTS = 6;

  @Test
  void reportsBeforeTheHelperHasTheTask_comeAgain_andCount(Clinics clinics) {
    var prepared = clinics.prepared(new VdafConfiguration.Count(), 3, 2, 5, 400_000_000);
    var to = prepared.contributing();
    clinics.setUpAtLeader(prepared.document());
    var leader = clinics.http(clinics.leader, Optional.empty());
    List<Report> reports = new ArrayList<>();
    for (int i = 0; i < REPORTS; i++) {
      reports.add(clinics.maker(to, i % 3).make(Measurement.yes(true)));
    }
    assertThat(leader.upload(to.task().id(), reports).failures())
        .containsExactlyElementsOf(
            reports.stream()
                .map(each -> Failure.of(each.metadata().id(), ReportError.REPORT_TOO_EARLY))
                .toList());
    clinics.setUpAtHelper(prepared.document());
    Records.await(
        () -> leader.upload(to.task().id(), reports).failures(), failures -> failures.isEmpty());
    assertThat(clinics.collected(to, clinics.thisHour()).reports()).isEqualTo(REPORTS);
  }
}
