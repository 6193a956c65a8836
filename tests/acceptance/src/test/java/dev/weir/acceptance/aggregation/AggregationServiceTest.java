package dev.weir.acceptance.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.acceptance.aggregation.Clinics.Contributing;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Records;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.aggregation.collect.ShareTopics;
import dev.weir.aggregation.collector.CollectedBatch;
import dev.weir.aggregation.collector.Collector.Outcome;
import dev.weir.aggregation.stream.AggregationTopics;
import dev.weir.aggregation.stream.KafkaLaneTopics;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.Robustness;
import dev.weir.aggregation.task.StatedEpsilon;
import dev.weir.aggregation.task.VectorTerms;
import dev.weir.dap.client.DapAnswerException;
import dev.weir.dap.client.HttpAggregator;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.CollectionJobResp;
import dev.weir.dap.collection.Query;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportError;
import dev.weir.dap.report.UploadErrors.Failure;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.kernel.Bilingual;
import dev.weir.privacy.account.GaussianError;
import dev.weir.privacy.vdaf.FixedPointEncoding;
import dev.weir.privacy.vdaf.Measurement;
import dev.weir.runtime.kafka.TopicCatalogue;
import dev.weir.testkit.OpenApiContract;
import dev.weir.testkit.TestService;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({SharedServices.class, SharedClinics.class})
class AggregationServiceTest {
  private static final long NANO_RHO = 400_000_000;

  /**
   * Two draws of variance at most 2/(2 · 0.4) each: a value is further off than this once in 10^23
   * runs.
   */
  private static final int MOST_NOISE = 23;

  /** Of a federated vector. */
  private static final int LENGTH = 4_096;

  private static EmbeddedServices services;
  private static Clinics clinics;

  @BeforeAll
  static void start(EmbeddedServices shared, Clinics pair) {
    services = shared;
    clinics = pair;
  }

  @Test
  void contributionsOfFourClinics_areCollectedAndChargedOnceAtEachAggregator() {
    var to = clinics.setUp(new VdafConfiguration.Histogram(4, 2), 4, 3, 20, NANO_RHO);
    var reports = new ArrayList<Report>();
    for (int i = 0; i < 40; i++) {
      reports.add(clinics.maker(to, i % 4).make(Measurement.bucket(i % 10 == 0 ? 0 : 2)));
    }
    var leader = clinics.http(clinics.leader, Optional.empty());
    assertThat(leader.upload(to.task().id(), reports).failures()).isEmpty();
    assertThat(leader.upload(to.task().id(), reports.subList(0, 10)).failures()).isEmpty();
    poison("leader", ShareTopics.REQUESTS);
    poison("helper", ShareTopics.SHARES);

    var request = CollectionJobReq.of(new Query.OfInterval(clinics.thisHour()));
    var answer = answer(to, request);
    assertThat(answer(to, request)).isEqualTo(answer);
    var collected = clinics.collected(to, clinics.thisHour());
    assertThat(collected.reports()).isEqualTo(40);
    assertThat(collected.alerts()).isEmpty();
    assertThat(collected.notice()).isEmpty();
    near(collected.noisyAggregate(), 4, 0, 36, 0);
    for (String role : List.of("leader", "helper")) {
      assertThat(spent(role, to)).isEqualTo(Long.toString(NANO_RHO));
      staysReleased(role);
      assertThat(exactSums(role, to)).as("at the %s", role).isEqualTo("0");
    }

    assertThat(clinics.refused(to, shifted(clinics.thisHour()))).endsWith("error:batchOverlap");
    putAside(clinics.helper(), ShareTopics.REQUESTS);
    putAside(clinics.leader, ShareTopics.SHARES);
  }

  /** Messages to the other aggregator that nobody can read. */
  private static void poison(String from, String topic) {
    try (var producer = services.kafka(from).bytesProducer()) {
      producer.send(new ProducerRecord<>(topic, new byte[3], new byte[5]));
      producer.send(new ProducerRecord<>(topic, new byte[48], new byte[5]));
      producer.send(new ProducerRecord<>(topic, null, new byte[5]));
    }
  }

  /** Those behind them have come through. */
  private static void putAside(TestService service, String topic) {
    assertThat(service.admin().get("/metrics").body())
        .contains("aggregation_messages_put_aside_total{topic=\"" + topic + "\"} 3.0");
  }

  @Test
  void bothServices_serveTheirContracts() {
    OpenApiContract.check(clinics.leader);
    OpenApiContract.check(clinics.helper());
  }

  /** What would be contributed until then would be refused as collected. */
  @Test
  void anIntervalThatHasNotBegun_isRefused_andClosesNothing() {
    var to = clinics.setUp(new VdafConfiguration.Count(), 3, 2, 5, NANO_RHO);
    var leader = clinics.http(clinics.leader, Optional.empty());
    for (int i = 0; i < 6; i++) {
      leader.upload(to.task().id(), List.of(clinics.maker(to, i % 3).make(Measurement.yes(true))));
    }
    var running = clinics.thisHour();
    for (int units : new int[] {2, 3, 24 * 5}) {
      var reaching = new TimeInterval(running.start(), running.duration() + units);
      assertThat(clinics.refused(to, reaching)).endsWith("error:batchInvalid");
    }
    leader.upload(to.task().id(), List.of(clinics.maker(to, 0).make(Measurement.yes(true))));
    assertThat(clinics.collected(to, clinics.thisHour()).reports()).isEqualTo(7);
  }

  @Test
  void aBatchThatIsTooSmall_isRefusedAndCostsNothing() {
    var to = clinics.setUp(new VdafConfiguration.Count(), 3, 2, 5, NANO_RHO);
    var leader = clinics.http(clinics.leader, Optional.empty());
    for (int i = 0; i < 4; i++) {
      leader.upload(to.task().id(), List.of(clinics.maker(to, i % 3).make(Measurement.yes(true))));
    }
    assertThat(clinics.refused(to, clinics.thisHour())).endsWith("error:invalidBatchSize");
    assertThat(spent("leader", to)).isEqualTo("0");
    assertThat(spent("helper", to)).isEqualTo("0");
    leader.upload(to.task().id(), List.of(clinics.maker(to, 0).make(Measurement.yes(false))));
    var collected = clinics.collected(to, clinics.thisHour());
    assertThat(collected.reports()).isEqualTo(5);
    near(collected.noisyAggregate(), 4);
    // what comes later is told so while its contributor listens
    var late = clinics.maker(to, 1).make(Measurement.yes(true));
    var told =
        Records.await(
            () -> leader.upload(to.task().id(), List.of(late)).failures(), all -> !all.isEmpty());
    assertThat(told).containsExactly(Failure.of(late.metadata().id(), ReportError.BATCH_COLLECTED));
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
        .hasValueSatisfying(cap -> assertThat(cap).contains("1 reports of a party", "3600 s"));
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
    assertThat(spent("leader", to)).isEqualTo(Long.toString(NANO_RHO));
    assertThat(spent("helper", to)).isEqualTo(Long.toString(NANO_RHO));
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

  @Test
  void manyReportsOfOneClinic_areNoBatch() {
    var to = clinics.setUp(new VdafConfiguration.Count(), 3, 2, 5, NANO_RHO);
    var maker = clinics.maker(to, 0);
    var reports = new ArrayList<Report>();
    for (int i = 0; i < 20; i++) {
      reports.add(maker.make(Measurement.yes(true)));
    }
    clinics.http(clinics.leader, Optional.empty()).upload(to.task().id(), reports);
    assertThat(clinics.refused(to, clinics.thisHour())).endsWith("error:invalidBatchSize");
  }

  @Test
  void leaderSelectedBatches_areCollectedOneAfterTheOther() {
    // given
    var to = clinics.setUpNextBatch(new VdafConfiguration.Count(), 3, 2, 5, NANO_RHO);
    var leader = clinics.http(clinics.leader, Optional.empty());
    var next = new Query.NextBatch();
    upload(leader, to, 4);
    assertThat(clinics.collect(to, next))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.rule()).endsWith("error:invalidBatchSize"));
    upload(leader, to, 4);
    // when
    var first = answer(to, CollectionJobReq.of(next));
    upload(leader, to, 6);
    var same = Clinics.collected(clinics.collect(to, next)); // has the leader forget it
    var second = Clinics.collected(clinics.collect(to, next));
    // then
    assertThat(first.reports()).isEqualTo(8);
    assertThat(same.reports()).isEqualTo(8);
    near(same.noisyAggregate(), 8);
    assertThat(second.reports()).isEqualTo(6);
    near(second.noisyAggregate(), 6);
  }

  private static void upload(HttpAggregator leader, Contributing to, int count) {
    for (int i = 0; i < count; i++) {
      var report = clinics.maker(to, i % 3).make(Measurement.yes(true));
      assertThat(leader.upload(to.task().id(), List.of(report)).failures()).isEmpty();
    }
  }

  @Test
  void anotherPartysTask_answersLikeAnUnknownOne() {
    var to = clinics.setUp(new VdafConfiguration.Count(), 3, 2, 5, NANO_RHO);
    var request = CollectionJobReq.of(new Query.OfInterval(clinics.thisHour()));
    var rival = clinics.http(clinics.leader, Optional.of(Clinics.RIVAL));
    assertThat(refusal(() -> rival.collect(to.task().id(), request)))
        .endsWith("error:unrecognizedTask");
  }

  /** As it comes over the wire, with nothing forgotten. */
  private static CollectionJobResp answer(Contributing to, CollectionJobReq request) {
    HttpAggregator leader = clinics.http(clinics.leader, Optional.of(Clinics.COLLECTOR));
    var begun = leader.collect(to.task().id(), request);
    return Records.await(
            () -> begun.answer().isPresent() ? begun : leader.ask(begun),
            collection -> collection.answer().isPresent())
        .answer()
        .orElseThrow();
  }

  private static String refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(DapAnswerException.class, call).type();
  }

  /** How many lanes' exact sums of the task's batches that were released a database still has. */
  private static String exactSums(String role, Contributing to) {
    return services.ask(
        role,
        "select count(*) from %1$s.lane_shares s join %1$s.collections c using (collection_id)"
                .formatted(role)
            + " where c.state = 'DONE' and length(s.share) > 0 and s.task_id = decode('"
            + to.task().id().bytes().hex()
            + "', 'hex')");
  }

  private static String spent(String role, Contributing to) {
    return services.ask(
        role,
        "select coalesce(sum(nano_rho), 0) from "
            + role
            + ".releases where contract_id = '"
            + to.contract().id()
            + "'");
  }

  private static TimeInterval shifted(TimeInterval interval) {
    return new TimeInterval(interval.start() - 1, interval.duration());
  }

  /** Not even the aggregator's own role changes or removes what left. */
  private static void staysReleased(String role) {
    for (String undoing :
        List.of(
            "delete from %s.releases where released_at is not null",
            "update %s.releases set released_at = null",
            "update %s.collections set own_share = ''")) {
      assertThatThrownBy(() -> services.changeAs(role, undoing.formatted(role)))
          .hasStackTraceContaining("a released share stays");
    }
    for (String undoing :
        List.of("delete from %s.collections", "update %s.lane_shares set lane = 0")) {
      assertThatThrownBy(() -> services.changeAs(role, undoing.formatted(role)))
          .hasStackTraceContaining("permission denied");
    }
  }

  private static void near(List<BigInteger> noisy, int... exact) {
    assertThat(noisy).hasSize(exact.length);
    for (int i = 0; i < exact.length; i++) {
      assertThat(noisy.get(i).intValueExact() - exact[i]).isBetween(-MOST_NOISE, MOST_NOISE);
    }
  }
}
