package dev.weir.acceptance.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.acceptance.aggregation.Clinics.Contributing;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Records;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.aggregation.hpke.HpkeKeyRing;
import dev.weir.dap.DapMediaType;
import dev.weir.dap.client.DapAnswerException;
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
import dev.weir.kernel.Role;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.privacy.hpke.HpkePrivateKey;
import dev.weir.privacy.vdaf.Measurement;
import dev.weir.runtime.json.Json;
import dev.weir.testkit.Account;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whichever aggregator refuses a batch, for whatever rule, says so in the evidence log itself. */
@ExtendWith(SharedServices.class)
class RefusalLeavesTest {
  private static final Account AUDITOR = Account.of("auditor", Account.party(14), Role.AUDITOR);
  private static final long NANO_RHO = 400_000_000;
  private static final HpkePrivateKey KEY = HpkePrivateKey.random(new SecureRandom());

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
  void leader_refusesAndSaysSo() {
    // given
    long hour = Instant.now().getEpochSecond() / Clinics.HOUR;
    var small = setUp(clinics.contract(NANO_RHO * 10));
    var poor = setUp(clinics.contract(NANO_RHO - 1));
    var stopped = clinics.contract(NANO_RHO * 10);
    var ended = setUp(stopped);
    upload(small, hour, 4);
    upload(poor, hour, 6);
    upload(ended, hour, 6);
    // when
    refused(small, new TimeInterval(hour, 1));
    upload(small, hour, 2);
    collect(small, new TimeInterval(hour, 1));
    refused(small, new TimeInterval(hour - 1, 2));
    refused(poor, new TimeInterval(hour, 1));
    services.controlPlane().stop(stopped);
    Records.await(
        () -> leaderRefusal(ended, hour), type -> type.equals("urn:weir:problem:policy-refused"));
    // then
    rulesOf("leader", small, "dap-invalid-batch-size", "dap-batch-overlap");
    rulesOf("leader", poor, "budget-exhausted");
    Records.await(() -> rules("leader", ended), found -> found.contains("policy-refused"));
  }

  @Test
  void helper_refusesForItselfAndSaysSo() {
    // given
    long hour = Instant.now().getEpochSecond() / Clinics.HOUR;
    var small = setUp(clinics.contract(NANO_RHO * 10));
    var poor = setUp(clinics.contract(NANO_RHO - 1));
    var stopped = clinics.contract(NANO_RHO * 10);
    var ended = setUp(stopped);
    // when: a leader that asks for what its own rules should have forbidden
    var few = verified(small, hour, 4);
    shared(few, hour, hour, 1, 4);
    var more = verified(small, hour - 1, 6);
    shared(more, hour - 1, hour - 1, 1, 6);
    shared(more, hour - 2, hour - 1, 2, 6);
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
              clinics.http(clinics.helper, Optional.empty()).key(),
              to.clinics().get(i % 3),
              Clock.systemUTC(),
              clinics.random);
      reports.add(maker.make(Measurement.yes(true), hour));
    }
    return reports;
  }

  private static void collect(Contributing to, TimeInterval interval) {
    var leader = clinics.http(clinics.leader, Optional.of(Clinics.COLLECTOR));
    var begun = leader.collect(to.task().id(), CollectionJobReq.of(new Query.OfInterval(interval)));
    Records.await(
        () -> begun.answer().isPresent() ? begun : leader.ask(begun),
        collection -> collection.answer().isPresent());
  }

  private static String refused(Contributing to, TimeInterval interval) {
    return catchThrowableOfType(DapAnswerException.class, () -> collect(to, interval)).type();
  }

  /** Until the leader hears that the contract ended, the ledger refuses the charge. */
  private static String leaderRefusal(Contributing to, long hour) {
    return refused(to, new TimeInterval(hour, 1));
  }

  private static ForeignLeader verified(Contributing to, long hour, int count) {
    var leader =
        new ForeignLeader(
            to.task(),
            KEY,
            clinics.helper.running().api(),
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

  /** The rules of all refusals of a task's batches that an aggregator wrote down. */
  private static Set<String> rules(String actor, Contributing to) {
    var rules = new TreeSet<String>();
    String cursor = "";
    do {
      var page =
          services
              .audit()
              .as(AUDITOR)
              .get("/v1/log/entries?limit=200" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
              .json();
      for (JsonNode entry : page.path("items")) {
        JsonNode leaf = leaf(entry.path("leaf").asText());
        if (leaf.path("kind").asText().equals("DECISION")
            && leaf.path("actor").asText().equals(actor)
            && leaf.path("figures").path("taskId").asText().equals(to.task().id().toString())) {
          rules.add(leaf.path("rule").asText());
        }
      }
      cursor = page.path("next").asText("");
    } while (!cursor.isEmpty() && !cursor.equals("null"));
    return rules;
  }

  private static JsonNode leaf(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
