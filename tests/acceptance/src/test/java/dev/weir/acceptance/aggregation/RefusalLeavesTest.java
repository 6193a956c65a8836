package dev.weir.acceptance.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.acceptance.aggregation.Clinics.Contributing;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Records;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.aggregation.hpke.HpkeKeyRing;
import dev.weir.dap.DapMediaType;
import dev.weir.dap.client.ReportMaker;
import dev.weir.dap.collection.AggregateShareReq;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.Query;
import dev.weir.dap.hpke.HpkeConfig;
import dev.weir.dap.job.AggregationJobResp;
import dev.weir.dap.report.Report;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.WireReader;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.privacy.hpke.HpkePrivateKey;
import dev.weir.privacy.vdaf.Measurement;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whichever aggregator refuses a batch, for whatever rule, says so in the evidence log itself. */
@ExtendWith({SharedServices.class, SharedClinics.class})
class RefusalLeavesTest {
  private static final long NANO_RHO = 400_000_000;
  private static final HpkePrivateKey KEY = HpkePrivateKey.random(new SecureRandom());

  private static EmbeddedServices services;
  private static Clinics clinics;

  @BeforeAll
  static void start(EmbeddedServices shared, Clinics pair) {
    services = shared;
    clinics = pair;
  }

  @Test
  void leader_refusesAndSaysSo() {
    // given
    long hour = Instant.now().getEpochSecond() / Clinics.HOUR;
    var small = setUp(clinics.contract(NANO_RHO * 10));
    var poor = setUp(clinics.contract(NANO_RHO));
    var stopped = clinics.contract(NANO_RHO * 10);
    var ended = setUp(stopped);
    upload(small, hour, 4);
    upload(poor, hour - 1, 6);
    upload(poor, hour, 6);
    upload(ended, hour, 6);
    // when
    clinics.refused(small, new TimeInterval(hour, 1));
    clinics.refused(small, new TimeInterval(hour, 48)); // not begun
    upload(small, hour, 2);
    clinics.collected(small, new TimeInterval(hour, 1));
    clinics.refused(small, new TimeInterval(hour - 1, 2));
    clinics.collected(poor, new TimeInterval(hour - 1, 1)); // all that was allotted
    clinics.refused(poor, new TimeInterval(hour, 1));
    services.controlPlane().stop(stopped);
    Records.await( // until the leader hears that the contract ended, the ledger refuses the charge
        () -> clinics.refused(ended, new TimeInterval(hour, 1)),
        rule -> rule.equals("urn:weir:problem:policy-refused"));
    // then
    for (String role : List.of("leader", "helper")) { // whom the leader never asked for a share
      rulesOf(role, small, "dap-invalid-batch-size", "dap-batch-invalid", "dap-batch-overlap");
      rulesOf(role, poor, "budget-exhausted");
      Records.await(() -> rules(role, ended), found -> found.contains("policy-refused"));
    }
  }

  @Test
  void helper_refusesForItselfAndSaysSo() {
    // given
    long hour = Instant.now().getEpochSecond() / Clinics.HOUR;
    var small = setUp(clinics.contract(NANO_RHO * 10));
    var poor = setUp(clinics.contract(NANO_RHO));
    var stopped = clinics.contract(NANO_RHO * 10);
    var ended = setUp(stopped);
    // when: a leader that asks for what its own rules should have forbidden
    var few = verified(small, hour, 4);
    shared(few, hour, hour, 1, 4);
    var more = verified(small, hour - 1, 6);
    shared(more, hour - 1, hour - 1, 1, 6);
    shared(more, hour - 2, hour - 1, 2, 6);
    shared(verified(poor, hour - 1, 6), hour - 1, hour - 1, 1, 6);
    shared(verified(poor, hour, 6), hour, hour, 1, 6);
    services.controlPlane().stop(stopped);
    var leader = verified(ended, hour, 6);
    Records.await(
        () -> {
          shared(leader, hour, hour, 1, 6);
          return rules("helper", ended);
        },
        found -> found.contains("policy-refused"));
    // then
    rulesOf("helper", small, "dap-invalid-batch-size", "dap-batch-overlap");
    rulesOf("helper", poor, "budget-exhausted");
  }

  private static Contributing setUp(ContractTerms contract) {
    return clinics.setUp(contract, new VdafConfiguration.Count(), 3, 2, 5, NANO_RHO);
  }

  private static void upload(Contributing to, long hour, int count) {
    var reports = reports(to, hour, count, clinics.http(clinics.leader, Optional.empty()).key());
    assertThat(
            clinics
                .http(clinics.leader, Optional.empty())
                .upload(to.task().id(), reports)
                .failures())
        .isEmpty();
  }

  private static List<Report> reports(Contributing to, long hour, int count, HpkeConfig leader) {
    var reports = new ArrayList<Report>();
    for (int i = 0; i < count; i++) {
      var maker =
          new ReportMaker(
              to.task().task(),
              leader,
              clinics.http(clinics.helper(), Optional.empty()).key(),
              to.clinics().get(i % 3),
              Clock.systemUTC(),
              clinics.random);
      reports.add(maker.make(Measurement.yes(true), hour));
    }
    return reports;
  }

  private static ForeignLeader verified(Contributing to, long hour, int count) {
    var leader =
        new ForeignLeader(
            to.task(),
            KEY,
            clinics.helper().running().api(),
            services.issuer().token(Clinics.LEADER));
    var job = leader.job(List.of(), reports(to, hour, count, HpkeKeyRing.config(9, KEY)));
    var begun =
        leader.post(
            leader.path("/aggregation_jobs"),
            DapMediaType.AGGREGATION_JOB_INIT_REQ.toString(),
            job.encoded());
    var answers =
        Records.await(
            () ->
                WireReader.whole(
                    begun.body().length > 0 ? begun.body() : leader.get(location(begun)).body(),
                    AggregationJobResp::read),
            response -> !response.answers().isEmpty());
    leader.settle(answers);
    assertThat(leader.counted()).isEqualTo(count);
    return leader;
  }

  /** Asks for a share and waits for what comes of it. */
  private static void shared(
      ForeignLeader leader, long first, long asked, long duration, long reports) {
    var interval = new TimeInterval(Math.min(first, asked), duration);
    var request =
        new AggregateShareReq(
            CollectionJobReq.of(new Query.OfInterval(interval)),
            new BatchSelector.OfInterval(interval),
            reports,
            leader.checksum());
    var begun =
        leader.post(
            leader.path("/aggregate_shares"),
            DapMediaType.AGGREGATE_SHARE_REQ.toString(),
            request.encoded());
    Records.await(
        () -> begun.body().length > 0 ? begun : leader.get(location(begun)),
        answer -> answer.body().length > 0);
  }

  private static String location(HttpResponse<byte[]> answer) {
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private static void rulesOf(String actor, Contributing to, String... expected) {
    assertThat(
            Records.await(() -> rules(actor, to), found -> found.size() >= Set.of(expected).size()))
        .containsExactlyInAnyOrder(expected);
  }

  private static Set<String> rules(String actor, Contributing to) {
    return TaskLeaves.of(services, to.task().id()).refusals(actor);
  }
}
