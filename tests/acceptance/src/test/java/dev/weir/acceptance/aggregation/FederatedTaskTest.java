package dev.weir.acceptance.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.acceptance.aggregation.Clinics.Contributing;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Records;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.aggregation.collector.CollectedBatch;
import dev.weir.aggregation.stream.AggregationTopics;
import dev.weir.aggregation.stream.KafkaLaneTopics;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.Robustness;
import dev.weir.aggregation.task.StatedEpsilon;
import dev.weir.aggregation.task.VectorTerms;
import dev.weir.dap.report.Report;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.kernel.Bilingual;
import dev.weir.privacy.account.GaussianError;
import dev.weir.privacy.vdaf.FixedPointEncoding;
import dev.weir.runtime.kafka.TopicCatalogue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tasks of vectors, one round after the other. */
@ExtendWith({SharedServices.class, SharedClinics.class})
class FederatedTaskTest {
  private static final long NANO_RHO = 400_000_000;

  /** Of a vector with a proof. */
  private static final int LENGTH = 4_096;

  private static EmbeddedServices services;
  private static Clinics clinics;

  @BeforeAll
  static void start(EmbeddedServices shared, Clinics pair) {
    services = shared;
    clinics = pair;
  }

  /**
   * One round of a federated task, over HTTP, Kafka and both aggregators: 4,096 elements of 16
   * bits, each report beyond what a request or a message has otherwise.
   */
  @Test
  void federatedVectors_areClippedPerRecordAndCollectedByBoth() throws Exception {
    // given
    var vectors = new VectorTerms(1_023, 10, 32, 10); // norm about 1, 32 records, ten rounds
    var encoding = vectors.encoding(LENGTH);
    var vdaf = new VdafConfiguration.SumVec(LENGTH, encoding.maxMeasurement(), 256);
    var to = clinics.setUpVectors(vdaf, vectors, 6, 6, NANO_RHO);
    var reports = new ArrayList<Report>();
    long hour = Instant.now().getEpochSecond() / Clinics.HOUR;
    for (int i = 0; i < 6; i++) {
      reports.add(clinics.maker(to, i).make(encoding.encode(records(LENGTH)), hour));
    }
    assertThat(reports.getFirst().bytes()).isGreaterThan(1 << 20);
    // when
    upload(to, reports);
    var collected = clinics.collected(to, new TimeInterval(hour, 1));
    // then
    assertThat(clinics.refused(to, new TimeInterval(hour - 1, 2))).endsWith("error:batchInvalid");
    assertThat(collected.reports()).isEqualTo(6);
    assertThat(collected.alerts()).isEmpty();
    sums(to, encoding, collected);
    var view = clinics.view(to);
    assertThat(view.nanoRhoOfAllRounds()).contains(10 * NANO_RHO);
    assertThat(view.epsilonOfAllRounds()).contains(StatedEpsilon.of(10 * NANO_RHO));
    assertThat(view.cap().map(Bilingual::en))
        .hasValueSatisfying(cap -> assertThat(cap).contains("one report of a party", "3600 s"));
    theTopicsOfAnOlderVersion(to.task());
  }

  @Test
  void aRoundBeyondTheTasks_isRefusedByTheLeader() {
    var to = OneRound.setUp(clinics, NANO_RHO);
    long hour = Instant.now().getEpochSecond() / Clinics.HOUR;
    upload(to, OneRound.reports(clinic -> clinics.maker(to, clinic), hour));
    upload(to, OneRound.reports(clinic -> clinics.maker(to, clinic), hour - 1));
    assertThat(clinics.collected(to, new TimeInterval(hour, 1)).reports())
        .isEqualTo(OneRound.REPORTS);
    assertThat(clinics.refused(to, new TimeInterval(hour - 1, 1))).endsWith(":budget-exhausted");
    assertThat(TaskLedger.spent(services, "leader", to)).isEqualTo(Long.toString(NANO_RHO));
    assertThat(TaskLedger.spent(services, "helper", to)).isEqualTo(Long.toString(NANO_RHO));
  }

  /** Are seen with the leader's own rights, and would have kept the task out. */
  private static void theTopicsOfAnOlderVersion(AggregationTask task) throws Exception {
    var leader = new KafkaLaneTopics(services.kafka("leader"), "leader");
    try (var admin = services.brokerAdmin()) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, "leader.dead-letters"),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "1048588"),
                          AlterConfigOp.OpType.SET))))
          .all()
          .get();
      Records.await(
          leader::mostMessageBytes,
          limits -> limits.getOrDefault("leader.dead-letters", 0) < 2_000_000);
      assertThatThrownBy(() -> leader.require(task)).hasMessageContaining("apply.sh");
      TopicCatalogue.load().ensureLimits(admin);
      assertThat(leader.mostMessageBytes())
          .containsEntry("leader.dead-letters", AggregationTopics.MOST_MESSAGE_BYTES)
          .anySatisfy((topic, bytes) -> assertThat(topic).endsWith("-changelog"));
      leader.require(task);
    }
  }

  /** Longer than a proof goes; everybody who has to do with it is told what that costs. */
  @Test
  void longVectorsWithoutAProof_areCollected_andMarkedEverywhere() {
    // given
    int length = 132_000; // more than a mebibyte
    var vectors = new VectorTerms(1_023, 10, 32, 10);
    var encoding = vectors.encoding(length);
    var vdaf = new VdafConfiguration.UnverifiedSumVec(length, encoding.maxMeasurement());
    var to = clinics.setUpVectors(vdaf, vectors, 6, 6, NANO_RHO);
    var measurement = encoding.encode(records(length));
    var reports = new ArrayList<Report>();
    long hour = Instant.now().getEpochSecond() / Clinics.HOUR;
    for (int i = 0; i < 6; i++) {
      reports.add(clinics.maker(to, i).make(measurement, hour));
    }
    // when
    upload(to, reports);
    var collected = clinics.collected(to, new TimeInterval(hour, 1));
    // then
    sums(to, encoding, collected);
    assertThat(collected.notice()).contains(Robustness.NONE.notice());
    assertThat(clinics.view(to).notice()).contains(Robustness.NONE.notice());
    var leaves =
        Records.await(
            () -> TaskLeaves.of(services, to.task().id()),
            found -> found.releases("leader").size() + found.releases("helper").size() == 2);
    for (String role : List.of("leader", "helper")) {
      assertThat(leaves.releases(role))
          .singleElement()
          .matches(figures -> figures.path("robustness").asText().equals("none"))
          .matches(figures -> figures.path("reports").asText().equals("6"));
    }
  }

  private static void upload(Contributing to, List<Report> reports) {
    var leader = clinics.http(clinics.leader, Optional.empty());
    for (Report report : reports) {
      assertThat(leader.upload(to.task().id(), List.of(report)).failures()).isEmpty();
    }
  }

  /** Twenty that say 1 in the first element, and ten far off in the second, clipped to -1. */
  private static List<double[]> records(int length) {
    var one = new double[length];
    one[0] = 1;
    var far = new double[length];
    far[1] = -50;
    var records = new ArrayList<>(Collections.nCopies(20, one));
    records.addAll(Collections.nCopies(10, far));
    return records;
  }

  private static void sums(Contributing to, FixedPointEncoding encoding, CollectedBatch batch) {
    double[] sum = encoding.decode(batch.noisyAggregate(), batch.reports());
    double bound =
        Math.scalb(
            (double)
                GaussianError.simultaneousBound(
                    to.task().noise().varianceOfBoth(), encoding.length()),
            -encoding.fractionBits());
    assertThat(bound).as("far less than an offset that was forgotten").isLessThan(30);
    assertThat(sum[0]).isBetween(119 - bound, 120 + bound);
    assertThat(sum[1]).isBetween(-60 - bound, -59 + bound);
    assertThat(sum[encoding.length() - 1]).isBetween(-bound, bound);
  }
}
