package dev.weir.acceptance.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.acceptance.aggregation.Clinics.Contributing;
import dev.weir.acceptance.stack.Asking;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Facts;
import dev.weir.acceptance.stack.Records;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.dap.report.Report;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.privacy.vdaf.Measurement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One contract, one account: what a collection spent a query cannot spend again. */
@ExtendWith({SharedServices.class, SharedClinics.class})
class OneAccountTest {
  private static final long ALLOTTED = 50_000_000;
  private static final long EACH = 20_000_000;
  private static final int REPORTS = 6;

  @Test
  void allotment_spentByQueryAndByCollection_isRefusedToBoth(
      EmbeddedServices services, Clinics clinics) {
    // given
    var control = services.controlPlane();
    var facts = Facts.load(services, control.openDomain());
    var contract = control.sign(List.of(facts.dp("people")), ALLOTTED, 100);
    var asking = Asking.under(services, contract);
    var to = clinics.setUp(contract, new VdafConfiguration.Count(), 3, 2, 5, EACH);
    long hour = Instant.now().getEpochSecond() / Clinics.HOUR;
    upload(clinics, to, hour);
    upload(clinics, to, hour - 1);
    // when
    var query =
        Records.await(
            () -> asking.ask("SELECT COUNT(*) FROM people", Map.of("nanoRho", EACH)),
            view -> !Asking.rule(view).equals("no-version"));
    var collection = clinics.collected(to, new TimeInterval(hour, 1));
    // then
    assertThat(query.path("status").asText()).as(query.toString()).isEqualTo("DONE");
    assertThat(collection.reports()).isEqualTo(REPORTS);
    assertThat(spent(asking)).isEqualTo(2 * EACH);
    var second = asking.ask("SELECT SUM(amount) FROM people", Map.of("nanoRho", EACH));
    assertThat(Asking.problem(second)).isEqualTo("urn:weir:problem:budget-exhausted");
    assertThat(clinics.refused(to, new TimeInterval(hour - 1, 1)))
        .isEqualTo("urn:weir:problem:budget-exhausted");
    assertThat(spent(asking)).isEqualTo(2 * EACH);
  }

  private static void upload(Clinics clinics, Contributing to, long hour) {
    var reports = new ArrayList<Report>();
    for (int i = 0; i < REPORTS; i++) {
      reports.add(clinics.maker(to, i % 3).make(Measurement.yes(true), hour));
    }
    var leader = clinics.http(clinics.leader, Optional.empty());
    assertThat(leader.upload(to.task().id(), reports).failures()).isEmpty();
  }

  private static long spent(Asking asking) {
    var allotments = asking.analyst().get("/v1/contracts/" + asking.contract() + "/allotments");
    return allotments.json().path(0).path("spentNanoRho").asLong();
  }
}
