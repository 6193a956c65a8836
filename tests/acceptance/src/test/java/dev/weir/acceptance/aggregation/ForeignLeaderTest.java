package dev.weir.acceptance.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.acceptance.aggregation.Clinics.Contributing;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Records;
import dev.weir.acceptance.stack.SharedServices;
import dev.weir.aggregation.hpke.HpkeKeyRing;
import dev.weir.dap.DapMediaType;
import dev.weir.dap.client.ReportMaker;
import dev.weir.dap.collection.AggregateShare;
import dev.weir.dap.collection.AggregateShareReq;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.CollectionJobResp;
import dev.weir.dap.collection.Query;
import dev.weir.dap.collector.ShareOpening;
import dev.weir.dap.id.BatchId;
import dev.weir.dap.job.AggregationJobInitReq;
import dev.weir.dap.job.AggregationJobResp;
import dev.weir.dap.job.VerifyResp;
import dev.weir.dap.report.Extension;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportError;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.kernel.Role;
import dev.weir.privacy.hpke.HpkePrivateKey;
import dev.weir.privacy.vdaf.Measurement;
import dev.weir.testkit.Account;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The helper as an aggregator of another make meets it: HTTP, media types and problems of DAP. */
@ExtendWith({SharedServices.class, SharedClinics.class})
class ForeignLeaderTest {
  private static final long NANO_RHO = 400_000_000;

  /** One draw of variance 1/(2 · 0.4): further off once in 10^25 runs. */
  private static final int MOST_NOISE = 12;

  private static EmbeddedServices services;
  private static Clinics clinics;
  private static final HpkePrivateKey KEY = HpkePrivateKey.random(new java.security.SecureRandom());

  @BeforeAll
  static void start(EmbeddedServices shared, Clinics pair) {
    services = shared;
    clinics = pair;
  }

  @Test
  void foreignLeader_hasReportsVerified_andGetsTheShareOnce() {
    // given
    var to = clinics.setUp(new VdafConfiguration.Count(), 3, 2, 5, NANO_RHO);
    long hour = Instant.now().getEpochSecond() / Clinics.HOUR;
    var leader = leader(to, Clinics.LEADER);
    var reports = reports(to, hour, 10);
    var job = leader.job(List.of(), reports).encoded();
    // when
    var begun = post(leader, job);
    var answers = answered(leader, begun);
    leader.settle(answers);
    // then
    assertThat(leader.counted()).isEqualTo(10);
    var again = post(leader, job);
    assertThat(WireReader.whole(again.body(), AggregationJobResp::read)).isEqualTo(answers);
    assertThat(location(again)).isEqualTo(location(begun).replace("?step=0", ""));

    var replayed =
        leader.job(List.of(), List.of(reports.getFirst(), reports(to, hour, 1).getFirst()));
    var verdicts = answered(leader, post(leader, replayed.encoded())).answers();
    assertThat(verdicts.getFirst())
        .isEqualTo(
            VerifyResp.Reject.of(reports.getFirst().metadata().id(), ReportError.REPORT_REPLAYED));
    leader.settle(new AggregationJobResp(verdicts));
    assertThat(leader.counted()).isEqualTo(11);

    collects(to, leader, hour);
  }

  private static void collects(Contributing to, ForeignLeader leader, long hour) {
    var interval = new TimeInterval(hour, 1);
    var request = CollectionJobReq.of(new Query.OfInterval(interval));
    var selector = new BatchSelector.OfInterval(interval);
    var wrong = new AggregateShareReq(request, selector, 10, leader.checksum());
    assertThat(problem(shared(leader, wrong))).endsWith("error:batchMismatch");
    var otherReports =
        new AggregateShareReq(request, selector, 11, leader.checksum().xor(oneBit()));
    assertThat(problem(shared(leader, otherReports))).endsWith("error:batchMismatch");
    assertThat(releases(to)).as("nothing is charged for either").isEqualTo("0");

    var right = new AggregateShareReq(request, selector, 11, leader.checksum());
    var share = WireReader.whole(shared(leader, right).body(), AggregateShare::read);
    var answer =
        new CollectionJobResp(11, interval, leader.sealed(request, clinics.random), share.sealed());
    var opened = new ShareOpening(to.task().task(), clinics.collectorKey).open(request, answer);
    assertThat(opened.getFirst().intValueExact()).isBetween(11 - MOST_NOISE, 11 + MOST_NOISE);

    assertThat(WireReader.whole(shared(leader, right).body(), AggregateShare::read))
        .isEqualTo(share);
    var other =
        new AggregateShareReq(
            CollectionJobReq.of(new Query.OfInterval(new TimeInterval(hour - 1, 2))),
            selector,
            11,
            leader.checksum());
    assertThat(problem(shared(leader, other))).endsWith("error:batchOverlap");
    var late = leader.job(List.of(), reports(to, hour, 1));
    assertThat(answered(leader, post(leader, late.encoded())).answers())
        .singleElement()
        .isEqualTo(
            VerifyResp.Reject.of(
                late.inits().getFirst().share().metadata().id(), ReportError.BATCH_COLLECTED));
  }

  /** How often the helper has charged its account for the task. */
  private static String releases(Contributing to) {
    return services.ask(
        "helper",
        "select count(*) from helper.releases where task_id = decode('%s', 'hex')"
            .formatted(to.task().id().bytes().hex()));
  }

  private static Bytes oneBit() {
    byte[] bytes = new byte[32];
    bytes[31] = 1;
    return Bytes.owning(bytes);
  }

  /** Enough reports, of too few parties: the helper counts for itself, and nothing is charged. */
  @Test
  void manyReportsOfOneParty_areNoBatchAtTheHelper() {
    var to = clinics.setUp(new VdafConfiguration.Count(), 3, 2, 5, NANO_RHO);
    long hour = Instant.now().getEpochSecond() / Clinics.HOUR;
    var leader = leader(to, Clinics.LEADER);
    var ofOne = new ArrayList<Report>();
    for (int i = 0; i < 6; i++) {
      ofOne.add(maker(to, 0).make(Measurement.yes(true), hour));
    }
    leader.settle(answered(leader, post(leader, leader.job(List.of(), ofOne).encoded())));
    assertThat(leader.counted()).isEqualTo(6);
    assertThat(problem(shared(leader, request(leader, hour)))).endsWith(":invalidBatchSize");
    leader.settle(
        answered(leader, post(leader, leader.job(List.of(), reports(to, hour, 2)).encoded())));
    assertThat(shared(leader, request(leader, hour)).statusCode()).isEqualTo(200);
    assertThat(releases(to)).isEqualTo("1");
  }

  private static AggregateShareReq request(ForeignLeader leader, long hour) {
    var interval = new TimeInterval(hour, 1);
    return new AggregateShareReq(
        CollectionJobReq.of(new Query.OfInterval(interval)),
        new BatchSelector.OfInterval(interval),
        leader.counted(),
        leader.checksum());
  }

  /** At once, and after the share was drawn; whatever the helper was at, it is charged once. */
  @Test
  void requestForAShare_mayBeDeletedAndMadeAgain() {
    // given
    var to = clinics.setUp(new VdafConfiguration.Count(), 3, 2, 5, NANO_RHO);
    long hour = Instant.now().getEpochSecond() / Clinics.HOUR;
    var leader = leader(to, Clinics.LEADER);
    leader.settle(
        answered(leader, post(leader, leader.job(List.of(), reports(to, hour, 6)).encoded())));
    var interval = new TimeInterval(hour, 1);
    var request =
        new AggregateShareReq(
            CollectionJobReq.of(new Query.OfInterval(interval)),
            new BatchSelector.OfInterval(interval),
            6,
            leader.checksum());
    // when
    String early = location(ask(leader, request));
    assertThat(leader.delete(early).statusCode()).isEqualTo(200);
    assertThat(leader.get(early).statusCode()).isEqualTo(404);
    assertThat(leader.delete(early).statusCode()).isEqualTo(404);
    // then: what ends meanwhile is told by its problem, and the batch is free again
    var share = Records.await(() -> shared(leader, request), answer -> answer.statusCode() == 200);
    String late = location(ask(leader, request));
    assertThat(leader.delete(late).statusCode()).isEqualTo(200);
    assertThat(leader.get(late).statusCode()).isEqualTo(404);
    assertThat(shared(leader, request).body()).isEqualTo(share.body());
    var wider = new TimeInterval(hour - 1, 2);
    assertThat(
            problem(
                shared(
                    leader,
                    new AggregateShareReq(
                        CollectionJobReq.of(new Query.OfInterval(wider)),
                        new BatchSelector.OfInterval(wider),
                        6,
                        leader.checksum()))))
        .endsWith(":batchOverlap");
    assertThat(releases(to)).isEqualTo("1");
  }

  /** The allotment has room, but the helper counts the task's rounds for itself. */
  @Test
  void aRoundBeyondTheTasks_isRefusedByTheHelper() {
    var to = OneRound.setUp(clinics, NANO_RHO);
    long hour = Instant.now().getEpochSecond() / Clinics.HOUR;
    assertThat(round(to, hour).statusCode()).isEqualTo(200);
    assertThat(problem(round(to, hour - 1))).endsWith(":budget-exhausted");
  }

  private static HttpResponse<byte[]> round(Contributing to, long hour) {
    var leader = leader(to, Clinics.LEADER);
    var job = leader.job(List.of(), OneRound.reports(clinic -> maker(to, clinic), hour)).encoded();
    leader.settle(answered(leader, post(leader, job)));
    var interval = new TimeInterval(hour, 1);
    return shared(
        leader,
        new AggregateShareReq(
            CollectionJobReq.of(new Query.OfInterval(interval)),
            new BatchSelector.OfInterval(interval),
            OneRound.REPORTS,
            leader.checksum()));
  }

  @Test
  void everyMistakeOfALeader_hasItsProblemType() {
    var to = clinics.setUp(new VdafConfiguration.Count(), 3, 2, 5, NANO_RHO);
    long hour = Instant.now().getEpochSecond() / Clinics.HOUR;
    var leader = leader(to, Clinics.LEADER);
    var good = leader.job(List.of(), reports(to, hour, 1));
    var inits = good.inits();
    var batch = List.of(AggregationJobInitReq.batch(BatchId.random(clinics.random)));

    assertThat(problem(post(leader, request(List.of(), List.of())))).endsWith(":invalidMessage");
    assertThat(
            problem(post(leader, request(List.of(), List.of(inits.getFirst(), inits.getFirst())))))
        .endsWith(":invalidMessage");
    assertThat(problem(post(leader, request(batch, inits)))).endsWith(":invalidMessage");
    assertThat(problem(post(leader, request(List.of(new Extension(9, Bytes.EMPTY)), inits))))
        .endsWith(":unsupportedExtension");
    assertThat(
            problem(
                post(
                    leader, new AggregationJobInitReq(1, Bytes.EMPTY, List.of(), inits).encoded())))
        .endsWith(":invalidMessage");
    assertThat(
            problem(
                post(
                    leader,
                    new AggregationJobInitReq(0, Bytes.owning(new byte[] {1}), List.of(), inits)
                        .encoded())))
        .endsWith(":invalidAggregationParameter");
    assertThat(problem(post(leader, Bytes.owning(new byte[3])))).endsWith(":invalidMessage");

    var wrongType =
        leader.post(
            leader.path("/aggregation_jobs"), DapMediaType.UPLOAD_REQ.toString(), good.encoded());
    assertThat(wrongType.statusCode()).isEqualTo(415);
    assertThat(problem(leader.get(leader.path("/aggregation_jobs/" + "A".repeat(22) + "?step=0"))))
        .endsWith(":unrecognizedAggregationJob");

    var stranger = leader(to, Account.of("other-operator", Account.party(79), Role.OPERATOR));
    assertThat(problem(post(stranger, good.encoded()))).endsWith(":unrecognizedTask");
    assertThat(post(leader(to, Clinics.COLLECTOR), good.encoded()).statusCode()).isEqualTo(403);

    var begun = post(leader, good.encoded());
    String job = location(begun).replace("?step=0", "");
    assertThat(problem(leader.get(job))).endsWith(":stepMismatch");
    assertThat(leader.delete(job).statusCode()).isEqualTo(200);
    assertThat(problem(leader.get(job + "?step=0"))).endsWith(":unrecognizedAggregationJob");
  }

  @Test
  void location_isAPathOfTheHelpers_whateverHostTheCallerNames() throws Exception {
    var to = clinics.setUp(new VdafConfiguration.Count(), 3, 2, 5, NANO_RHO);
    var leader = leader(to, Clinics.LEADER);
    var job = leader.job(List.of(), reports(to, Instant.now().getEpochSecond() / Clinics.HOUR, 1));
    String head =
        leader.headOf(
            "POST",
            leader.path("/aggregation_jobs"),
            "evil.example:81",
            DapMediaType.AGGREGATION_JOB_INIT_REQ.toString(),
            job.encoded());
    assertThat(head)
        .startsWith("http/1.1 200")
        .contains("location: /dap/tasks/")
        .doesNotContain("evil.example", "http://", "https://");
    String location = location(post(leader, job.encoded()));
    assertThat(location).startsWith(leader.path("/aggregation_jobs/"));
  }

  @Test
  void problemOfAKnownTask_namesTheTask() {
    var to = clinics.setUp(new VdafConfiguration.Count(), 3, 2, 5, NANO_RHO);
    var leader = leader(to, Clinics.LEADER);
    var job = leader.job(List.of(), reports(to, Instant.now().getEpochSecond() / Clinics.HOUR, 1));
    String made = location(post(leader, job.encoded())).replace("?step=0", "");
    var unreadable = Bytes.owning(new byte[3]);
    var cut = DapMediaType.AGGREGATION_JOB_CONTINUE_REQ.toString();
    var share = DapMediaType.AGGREGATE_SHARE_REQ.toString();
    assertThat(
            List.of(
                post(leader, unreadable),
                leader.post(made, cut, unreadable),
                leader.post(leader.path("/aggregate_shares"), share, unreadable),
                leader.post(leader.path("/aggregate_shares"), cut, unreadable),
                leader.get(made),
                leader.get(leader.path("/aggregate_shares/" + "A".repeat(22)))))
        .allSatisfy(answer -> {
          assertThat(answer.statusCode()).isBetween(400, 499);
          assertThat(new String(answer.body(), StandardCharsets.UTF_8))
              .contains("\"taskid\":\"" + to.task().id() + "\"");
        });
    var stranger = leader(to, Account.of("other-operator", Account.party(79), Role.OPERATOR));
    assertThat(problem(post(stranger, unreadable))).endsWith(":unrecognizedTask");
  }

  @Test
  void keys_mayBeCachedForADay() throws Exception {
    var answer =
        leader(clinics.setUp(new VdafConfiguration.Count(), 3, 2, 5, NANO_RHO), Clinics.LEADER)
            .get("/dap/hpke_config");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("public, max-age=86400");
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue(DapMediaType.HPKE_CONFIG_LIST.toString());
  }

  private static ForeignLeader leader(Contributing to, Account account) {
    return new ForeignLeader(
        to.task(), KEY, clinics.helper().running().api(), services.issuer().token(account));
  }

  /** All of one measurement: yes. */
  private static List<Report> reports(Contributing to, long hour, int count) {
    var reports = new ArrayList<Report>();
    for (int i = 0; i < count; i++) {
      reports.add(maker(to, i % 3).make(Measurement.yes(true), hour));
    }
    return reports;
  }

  /** Of reports that the foreign leader opens. */
  private static ReportMaker maker(Contributing to, int clinic) {
    return new ReportMaker(
        to.task().task(),
        HpkeKeyRing.config(9, KEY),
        clinics.http(clinics.helper(), Optional.empty()).key(),
        to.clinics().get(clinic),
        Clock.systemUTC(),
        clinics.random);
  }

  private static Bytes request(
      List<Extension> extensions, List<dev.weir.dap.job.VerifyInit> inits) {
    return new AggregationJobInitReq(0, Bytes.EMPTY, extensions, inits).encoded();
  }

  private static HttpResponse<byte[]> post(ForeignLeader leader, Bytes job) {
    return leader.post(
        leader.path("/aggregation_jobs"), DapMediaType.AGGREGATION_JOB_INIT_REQ.toString(), job);
  }

  /** Asks as the Location says until there is an answer. */
  private static AggregationJobResp answered(ForeignLeader leader, HttpResponse<byte[]> begun) {
    assertThat(begun.statusCode()).isEqualTo(200);
    return Records.await(
        () ->
            begun.body().length > 0
                ? WireReader.whole(begun.body(), AggregationJobResp::read)
                : WireReader.whole(leader.get(location(begun)).body(), AggregationJobResp::read),
        response -> !response.answers().isEmpty());
  }

  /** Asks for a share, then at its Location until there is one, or a problem. */
  private static HttpResponse<byte[]> shared(ForeignLeader leader, AggregateShareReq request) {
    var begun = ask(leader, request);
    return Records.await(
        () -> begun.body().length > 0 ? begun : leader.get(location(begun)),
        answer -> answer.body().length > 0);
  }

  private static HttpResponse<byte[]> ask(ForeignLeader leader, AggregateShareReq request) {
    return leader.post(
        leader.path("/aggregate_shares"),
        DapMediaType.AGGREGATE_SHARE_REQ.toString(),
        request.encoded());
  }

  private static String location(HttpResponse<byte[]> answer) {
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private static String problem(HttpResponse<byte[]> answer) {
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    return body.replaceAll("(?s).*\"type\"\\s*:\\s*\"([^\"]*)\".*", "$1");
  }
}
