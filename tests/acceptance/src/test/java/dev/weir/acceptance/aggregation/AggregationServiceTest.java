package dev.weir.acceptance.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.acceptance.aggregation.Clinics.Contributing;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Records;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.aggregation.collect.ShareTopics;
import dev.weir.aggregation.collector.Collector.Outcome;
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
import dev.weir.privacy.vdaf.Measurement;
import dev.weir.testkit.OpenApiContract;
import dev.weir.testkit.TestService;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
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
      assertThat(TaskLedger.spent(services, role, to)).isEqualTo(Long.toString(NANO_RHO));
      staysReleased(role);
      assertThat(exactSums(role, to)).as("at the %s", role).isEqualTo("0");
      var rows =
          Records.await(
              () -> LaneSums.of(services, role, to.task().id()), told -> told.held().isEmpty());
      assertThat(rows.ever()).as("in lanes of the %s", role).isNotEmpty();
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
    assertThat(TaskLedger.spent(services, "leader", to)).isEqualTo("0");
    assertThat(TaskLedger.spent(services, "helper", to)).isEqualTo("0");
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
