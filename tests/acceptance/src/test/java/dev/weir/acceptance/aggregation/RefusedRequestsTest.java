package dev.weir.acceptance.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.acceptance.aggregation.Clinics.Contributing;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Records;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.aggregation.task.TaskDocument;
import dev.weir.aggregation.task.TaskTerms;
import dev.weir.aggregation.task.VerifyKeys;
import dev.weir.dap.DapMediaType;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.Query;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.profile.TaskInfo;
import dev.weir.dap.task.TaskConfiguration;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.privacy.hpke.HpkePrivateKey;
import dev.weir.testkit.Account;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is refused before it is a task or a collection is written down too, and once. */
@ExtendWith({SharedServices.class, SharedClinics.class})
class RefusedRequestsTest {
  private static final long NANO_RHO = 100_000_000;
  private static final HpkePrivateKey KEY = HpkePrivateKey.random(new SecureRandom());
  private static final Bytes SEED = Bytes.owning(new byte[VerifyKeys.SEED_LENGTH]);
  private static final Bytes NONE = Bytes.copyOf(new byte[] {9, 9, 9});

  private static EmbeddedServices services;
  private static Clinics clinics;

  @BeforeAll
  static void start(EmbeddedServices shared, Clinics pair) {
    services = shared;
    clinics = pair;
  }

  @Test
  void setUpsThatAreRefused_areLeavesOfWhoeverRefuses_onceHoweverOftenTheyCome() {
    // given
    var sound = setUp();
    var terms = sound.task().terms();
    var poor = document(sound, with(terms, terms.purpose(), NANO_RHO * 1_000));
    var purpose = document(sound, with(terms, "statistics", NANO_RHO));
    // when
    for (int i = 0; i < 3; i++) {
      for (var document : List.of(poor, purpose)) {
        clinics.leader.as(Clinics.LEADER).post("/v1/aggregation-tasks", document);
        clinics.helper().as(Clinics.HELPER).post("/v1/aggregation-tasks", document);
      }
    }
    // then
    for (String role : List.of("leader", "helper")) {
      assertThat(rules(role, poor)).containsExactly("budget-exhausted");
      assertThat(rules(role, purpose)).containsExactly("purpose-bound");
    }
    assertThat(TaskLeaves.of(services, poor.task().id()).all()).hasSize(2);
    assertThat(TaskLeaves.of(services, poor.task().id()).all().toString())
        .doesNotContain(poor.verifyKeySeed());
  }

  /** A sum over one is no aggregate, whatever both operators agree on. */
  @Test
  void tasksOfOneReportOrOneContributor_areRefusedByBoth() {
    var sound = setUp();
    var terms = sound.task().terms();
    var two = with(terms, terms.purpose(), NANO_RHO);
    for (var none : List.of(document(sound, two, 1), document(sound, withFewest(two, 1), 5))) {
      for (var answer :
          List.of(
              clinics.leader.as(Clinics.LEADER).post("/v1/aggregation-tasks", none),
              clinics.helper().as(Clinics.HELPER).post("/v1/aggregation-tasks", none))) {
        assertThat(answer.status()).isEqualTo(422);
      }
    }
    var least = document(sound, two, 2);
    assertThat(clinics.leader.as(Clinics.LEADER).post("/v1/aggregation-tasks", least).status())
        .isBetween(200, 201);
  }

  @Test
  void collectionsThatAreNone_areLeavesOfTheLeader() {
    // given
    var to = setUp();
    var asking = asking(to, Clinics.COLLECTOR, clinics.leader.running().api());
    // when
    for (int i = 0; i < 2; i++) {
      collect(asking, CollectionJobReq.of(new Query.NextBatch()).encoded());
      collect(asking, interval(0).encoded());
      collect(asking, NONE);
      collect(asking(to, Clinics.RIVAL, clinics.leader.running().api()), interval(1).encoded());
    }
    // then
    var rules =
        Records.await(
            () -> TaskLeaves.of(services, to.task().id()).refusals("leader"),
            found -> found.size() >= 3);
    assertThat(rules)
        .containsExactlyInAnyOrder(
            "dap-invalid-message", "dap-batch-invalid", "dap-unrecognized-task");
    // two are invalid messages: of another mode, and of none
    assertThat(decisions(to)).isEqualTo(4);
  }

  @Test
  void sharesThatNobodyCanGive_areLeavesOfTheHelper() {
    // given
    var to = setUp();
    URI api = clinics.helper().running().api();
    // when
    for (int i = 0; i < 2; i++) {
      share(asking(to, Clinics.LEADER, api), NONE);
      share(asking(to, Clinics.HELPER, api), NONE);
    }
    // then
    var rules =
        Records.await(
            () -> TaskLeaves.of(services, to.task().id()).refusals("helper"),
            found -> found.size() >= 2);
    assertThat(rules).containsExactlyInAnyOrder("dap-invalid-message", "dap-unrecognized-task");
    assertThat(decisions(to)).isEqualTo(2);
  }

  private static Contributing setUp() {
    return clinics.setUp(
        clinics.contract(NANO_RHO * 10), new VdafConfiguration.Count(), 3, 2, 5, NANO_RHO);
  }

  private static long decisions(Contributing to) {
    return TaskLeaves.of(services, to.task().id()).refusals().count();
  }

  private static Set<String> rules(String role, TaskDocument document) {
    return Records.await(
        () -> TaskLeaves.of(services, document.task().id()).setUpRefusals(role),
        found -> !found.isEmpty());
  }

  private static ForeignLeader asking(Contributing to, Account account, URI api) {
    return new ForeignLeader(to.task(), KEY, api, services.issuer().token(account));
  }

  private static CollectionJobReq interval(long duration) {
    return CollectionJobReq.of(new Query.OfInterval(new TimeInterval(1, duration)));
  }

  private static void collect(ForeignLeader asking, Bytes body) {
    var answer =
        asking.post(
            asking.path("/collection_jobs"), DapMediaType.COLLECTION_JOB_REQ.toString(), body);
    assertThat(answer.statusCode()).isBetween(400, 499);
  }

  private static void share(ForeignLeader asking, Bytes body) {
    var answer =
        asking.post(
            asking.path("/aggregate_shares"), DapMediaType.AGGREGATE_SHARE_REQ.toString(), body);
    assertThat(answer.statusCode()).isBetween(400, 499);
  }

  private static TaskTerms with(TaskTerms terms, String purpose, long nanoRho) {
    return new TaskTerms(
        terms.title(),
        purpose,
        terms.contractId(),
        terms.productId(),
        terms.leader(),
        terms.helper(),
        terms.collector(),
        terms.collectorKey(),
        VerifyKeys.commitment(SEED),
        terms.contributors(),
        terms.minContributors(),
        terms.maxReportsPerContributor(),
        terms.maxReportAgeSeconds(),
        terms.clockSkewSeconds(),
        nanoRho,
        terms.vectors(),
        terms.robustness());
  }

  private static TaskTerms withFewest(TaskTerms terms, int contributors) {
    return new TaskTerms(
        terms.title(),
        terms.purpose(),
        terms.contractId(),
        terms.productId(),
        terms.leader(),
        terms.helper(),
        terms.collector(),
        terms.collectorKey(),
        terms.verifyKeyCommitment(),
        terms.contributors(),
        contributors,
        terms.maxReportsPerContributor(),
        terms.maxReportAgeSeconds(),
        terms.clockSkewSeconds(),
        terms.nanoRho(),
        terms.vectors(),
        terms.robustness());
  }

  /** The sound task's, under other terms. */
  private static TaskDocument document(Contributing sound, TaskTerms terms) {
    return document(sound, terms, sound.task().configuration().minBatchReports());
  }

  private static TaskDocument document(Contributing sound, TaskTerms terms, long minBatch) {
    var own = sound.task().configuration();
    var configuration =
        new TaskConfiguration(
            new TaskInfo(4, terms.sha256()).encoded(),
            own.leader(),
            own.helper(),
            own.timePrecisionSeconds(),
            minBatch,
            own.batchMode(),
            own.batchConfig(),
            own.vdaf(),
            own.extensions());
    return new TaskDocument(
        Base64Url.encode(configuration.encoded()), terms, Base64Url.encode(SEED));
  }
}
