package dev.weir.acceptance.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.acceptance.aggregation.Clinics.Contributing;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Records;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.aggregation.task.VectorTerms;
import dev.weir.dap.client.DapAnswerException;
import dev.weir.dap.client.HttpAggregator;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.CollectionJobResp;
import dev.weir.dap.collection.Query;
import dev.weir.dap.collector.ShareOpening;
import dev.weir.dap.report.Report;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.privacy.account.GaussianError;
import dev.weir.privacy.vdaf.Measurement;
import dev.weir.testkit.OpenApiContract;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServices.class)
class AggregationServiceTest {
  private static final long NANO_RHO = 400_000_000;

  /**
   * Two draws of variance at most 2/(2 · 0.4) each: a value is further off than this once in 10^23
   * runs.
   */
  private static final int MOST_NOISE = 23;

  /** Of a federated vector. */
  private static final int LENGTH = 64;

  private static EmbeddedServices services;
  private static Clinics clinics;

  @BeforeAll
  static void start(EmbeddedServices shared) {
    services = shared;
    clinics = new Clinics(shared);
  }

  @AfterAll
  static void stop() {
    clinics.close();
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

    var request = CollectionJobReq.of(new Query.OfInterval(clinics.thisHour()));
    var answer = collected(to, request);
    assertThat(answer.reports()).isEqualTo(40);
    near(opened(to, request, answer), 4, 0, 36, 0);

    assertThat(collected(to, request)).isEqualTo(answer);
    for (String role : List.of("leader", "helper")) {
      assertThat(spent(role, to)).isEqualTo(Long.toString(NANO_RHO));
      staysReleased(role);
    }

    var overlapping = CollectionJobReq.of(new Query.OfInterval(shifted(clinics.thisHour())));
    assertThat(refusal(() -> collected(to, overlapping))).endsWith("error:batchOverlap");
  }

  @Test
  void bothServices_serveTheirContracts() {
    OpenApiContract.check(clinics.leader);
    OpenApiContract.check(clinics.helper);
  }

  @Test
  void aBatchThatIsTooSmall_isRefusedAndCostsNothing() {
    var to = clinics.setUp(new VdafConfiguration.Count(), 3, 2, 5, NANO_RHO);
    var leader = clinics.http(clinics.leader, Optional.empty());
    for (int i = 0; i < 4; i++) {
      leader.upload(to.task().id(), List.of(clinics.maker(to, i % 3).make(Measurement.yes(true))));
    }
    var request = CollectionJobReq.of(new Query.OfInterval(clinics.thisHour()));
    assertThat(refusal(() -> collected(to, request))).endsWith("error:invalidBatchSize");
    assertThat(spent("leader", to)).isEqualTo("0");
    assertThat(spent("helper", to)).isEqualTo("0");

    leader.upload(to.task().id(), List.of(clinics.maker(to, 0).make(Measurement.yes(false))));
    var answer = collected(to, request);
    assertThat(answer.reports()).isEqualTo(5);
    near(opened(to, request, answer), 4);
  }

  /** One round of a federated task, over HTTP, Kafka and both aggregators. */
  @Test
  void federatedVectors_areClippedPerRecordAndCollectedByBoth() {
    // given
    var vectors = new VectorTerms(1_024, 10, 4, 10); // norm 1 in ten bits, four records, ten rounds
    var encoding = vectors.encoding(LENGTH);
    var vdaf = new VdafConfiguration.SumVec(LENGTH, encoding.maxMeasurement(), 28);
    var to = clinics.setUpVectors(vdaf, vectors, 3, 20, NANO_RHO);
    var far = new double[LENGTH];
    far[1] = -50; // clipped to -1
    var one = new double[LENGTH];
    one[0] = 1;
    var reports = new ArrayList<Report>();
    for (int i = 0; i < 30; i++) {
      reports.add(clinics.maker(to, i % 3).make(encoding.encode(List.of(one, one, far))));
    }
    var leader = clinics.http(clinics.leader, Optional.empty());
    // when
    assertThat(leader.upload(to.task().id(), reports).failures()).isEmpty();
    var request = CollectionJobReq.of(new Query.OfInterval(clinics.thisHour()));
    var answer = collected(to, request);
    double[] sum = encoding.decode(opened(to, request, answer), answer.reports());
    // then
    double bound =
        Math.scalb(
            (double) GaussianError.simultaneousBound(to.task().noise().varianceOfBoth(), LENGTH),
            -vectors.fractionBits());
    assertThat(bound).as("far less than an offset that was forgotten").isLessThan(30);
    assertThat(answer.reports()).isEqualTo(30);
    assertThat(sum[0]).isBetween(60 - bound, 60 + bound);
    assertThat(sum[1]).isBetween(-30 - bound, -30 + bound);
    assertThat(sum[LENGTH - 1]).isBetween(-bound, bound);
    assertThat(to.task().terms().nanoRhoOfAllRounds()).isEqualTo(10 * NANO_RHO);
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
    var request = CollectionJobReq.of(new Query.OfInterval(clinics.thisHour()));
    assertThat(refusal(() -> collected(to, request))).endsWith("error:invalidBatchSize");
  }

  @Test
  void leaderSelectedBatches_areCollectedOneAfterTheOther() {
    // given
    var to = clinics.setUpNextBatch(new VdafConfiguration.Count(), 3, 2, 5, NANO_RHO);
    var leader = clinics.http(clinics.leader, Optional.empty());
    var collector = clinics.http(clinics.leader, Optional.of(Clinics.COLLECTOR));
    var request = CollectionJobReq.of(new Query.NextBatch());
    upload(leader, to, 4);
    assertThat(refusal(() -> collected(to, request))).endsWith("error:invalidBatchSize");
    upload(leader, to, 4);
    // when
    var first = collected(to, request);
    upload(leader, to, 6);
    var same = collected(to, request);
    collector.forget(collector.collect(to.task().id(), request));
    var second = collected(to, request);
    // then
    assertThat(first.reports()).isEqualTo(8);
    near(opened(to, request, first), 8);
    assertThat(same).isEqualTo(first);
    assertThat(second.reports()).isEqualTo(6);
    near(opened(to, request, second), 6);
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

  private static CollectionJobResp collected(Contributing to, CollectionJobReq request) {
    HttpAggregator leader = clinics.http(clinics.leader, Optional.of(Clinics.COLLECTOR));
    var begun = leader.collect(to.task().id(), request);
    return Records.await(
            () -> begun.answer().isPresent() ? begun : leader.ask(begun),
            collection -> collection.answer().isPresent())
        .answer()
        .orElseThrow();
  }

  private static List<BigInteger> opened(
      Contributing to, CollectionJobReq request, CollectionJobResp answer) {
    return new ShareOpening(to.task().task(), clinics.collectorKey).open(request, answer);
  }

  private static String refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(DapAnswerException.class, call).type();
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
    return new TimeInterval(interval.start() + 1, interval.duration());
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
