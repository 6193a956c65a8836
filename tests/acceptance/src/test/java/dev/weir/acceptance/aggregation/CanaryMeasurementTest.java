package dev.weir.acceptance.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Records;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.dap.report.Report;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.privacy.vdaf.Measurement;
import io.prometheus.metrics.core.metrics.Gauge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** A measurement that would be known anywhere is nowhere, at neither aggregator. */
@ExtendWith({SharedServices.class, SharedClinics.class})
class CanaryMeasurementTest {
  private static final long CANARY = 1_141_592_653_589_793L;
  private static final long LEAK = 1_059_274_818_284_590_452L;
  private static final int CLINICS = 3;
  private static final List<String> ROLES = List.of("leader", "helper");
  private static final String LEAK_AS_BYTES =
      "select decode(lpad(to_hex(" + LEAK + "), 16, '0'), 'hex') b";

  @Test
  void aMarkedMeasurement_isInNoTopicTableLogOrMetric(EmbeddedServices services, Clinics clinics) {
    var to = clinics.setUp(new VdafConfiguration.Sum((1L << 52) - 1), CLINICS, 2, 3, 100_000_000);
    var leader = clinics.http(clinics.leader, Optional.empty());
    var reports = reports(clinics, to);
    leader.upload(to.task().id(), reports);
    leader.upload(to.task().id(), reports);
    assertThat(clinics.collected(to, clinics.thisHour()).reports()).isEqualTo(CLINICS);
    var search = new MarkedNumber(CANARY);
    search.topics(services);
    search.tables(services, "leader");
    search.tables(services, "helper");
    search.metrics("leader", clinics.leader);
    search.metrics("helper", clinics.helper());
    search.lines(services.printed().text());
    assertThat(search.found()).isEmpty();
    assertThat(search.messages()).isGreaterThan(2 * CLINICS);
    assertThat(search.rows()).isGreaterThan(2 * CLINICS);
  }

  @Test
  void plantedLeaks_areFoundInEveryPlace(EmbeddedServices services, Clinics clinics) {
    var value = Gauge.builder().name("leaked_value").register(clinics.figures("leader"));
    value.set(LEAK);
    var label = Gauge.builder().name("leak").labelNames("of").register(clinics.figures("helper"));
    label.labelValues(Long.toString(LEAK)).set(1);
    for (String role : ROLES) {
      services.publish(role + ".leak-number", Long.toString(LEAK));
      services.change(role, "create table " + role + ".leak as " + LEAK_AS_BYTES);
    }
    LoggerFactory.getLogger(CanaryMeasurementTest.class).warn("leaked measurement={}", LEAK);
    Records.await(services.printed()::text, text -> text.contains("leaked measurement="));
    var search = new MarkedNumber(LEAK);
    search.topics(services);
    for (String role : ROLES) {
      search.tables(services, role);
      search.metrics(role, role.equals("leader") ? clinics.leader : clinics.helper());
    }
    search.lines(services.printed().text());
    assertThat(search.found())
        .containsExactlyInAnyOrder(
            "topic: leader.leak-number",
            "topic: helper.leak-number",
            "table: leader.leak",
            "table: helper.leak",
            "metric: leader",
            "metric: helper",
            "log");
    ROLES.forEach(role -> services.change(role, "drop table " + role + ".leak"));
    clinics.figures("leader").unregister(value);
    clinics.figures("helper").unregister(label);
  }

  private static List<Report> reports(Clinics clinics, Clinics.Contributing to) {
    var reports = new ArrayList<Report>();
    for (int clinic = 0; clinic < CLINICS; clinic++) {
      reports.add(clinics.maker(to, clinic).make(Measurement.number(CANARY)));
    }
    return reports;
  }
}
