package dev.weir.aggregation.stream;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.lane.LaneShare;
import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.aggregation.verify.LeaderVerifier;
import dev.weir.aggregation.verify.Reason;
import dev.weir.dap.DapRole;
import dev.weir.dap.client.Ed25519Signer;
import dev.weir.dap.id.ReportId;
import dev.weir.dap.job.AggregationJobInitReq;
import dev.weir.dap.job.ReportShare;
import dev.weir.dap.job.VerifyInit;
import dev.weir.dap.profile.Lane;
import dev.weir.dap.profile.PartyId;
import dev.weir.dap.report.Report;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.privacy.vdaf.Measurement;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever departs from the protocol is refused, and counted under the reason. */
class MaliciousPartiesTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:30:00Z");
  private static final long HOUR = NOW.getEpochSecond() / RehearsalTask.HOUR;
  private static final int PART = 32;

  @TempDir private Path state;
  private final InstantSource clock = InstantSource.fixed(NOW);
  private final List<TwoAggregators> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(TwoAggregators::close);
  }

  private TwoAggregators with(RehearsalTask task) {
    var two = new TwoAggregators(task, clock, state);
    open.add(two);
    return two;
  }

  private TwoAggregators counting() {
    return with(aTask().clock(clock).make());
  }

  private TwoAggregators histogram() {
    return with(aTask().vdaf(new VdafConfiguration.Histogram(8, 3)).clock(clock).make());
  }

  private static Forger forger(TwoAggregators two) {
    return new Forger(two.task, HOUR);
  }

  /** One honest report beside it still counts, at both. */
  private void refused(TwoAggregators two, Report forged, Reason atLeader, Reason atHelper) {
    two.upload(forged);
    two.upload(honest(two));
    two.exchange();
    two.close(1, new TimeInterval(HOUR - 30, 60));
    LaneShare leader = two.leaderShare();
    LaneShare helper = two.helperShare();
    assertThat(leader.sum().reports()).isEqualTo(1);
    assertThat(helper.sum().reports()).isEqualTo(1);
    assertThat(leader.sum().checksum()).isEqualTo(helper.sum().checksum());
    assertThat(leader.refusedOfTask())
        .containsExactlyEntriesOf(TwoAggregators.reasons(atLeader, 1));
    if (atLeader == Reason.REFUSED_BY_HELPER) {
      assertThat(helper.refusedOfTask())
          .containsExactlyEntriesOf(TwoAggregators.reasons(atHelper, 1));
    } else {
      assertThat(helper.refusedOfTask()).isEmpty();
    }
    assertThat(leader.refused()).isEqualTo(ofTheBatch(leader));
    assertThat(helper.refused()).isEqualTo(ofTheBatch(helper));
    assertThat(two.leader.refusalsShown()).isEqualTo(leader.refusedOfTask());
    assertThat(two.helper.refusalsShown()).isEqualTo(helper.refusedOfTask());
  }

  /** Who lies about the time is of no batch. */
  private static Map<Reason, Long> ofTheBatch(LaneShare share) {
    return share.refusedOfTask().entrySet().stream()
        .filter(entry -> !entry.getKey().isOfTime())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Report honest(TwoAggregators two) {
    boolean counts = two.task.task.configuration().vdaf() instanceof VdafConfiguration.Count;
    return two.task
        .maker(1, InstantSource.fixed(NOW))
        .make(counts ? Measurement.yes(true) : Measurement.bucket(1));
  }

  private void refusedByLeader(TwoAggregators two, Report forged, Reason reason) {
    refused(two, forged, reason, reason);
  }

  private void refusedByHelper(TwoAggregators two, Report forged, Reason reason) {
    refused(two, forged, Reason.REFUSED_BY_HELPER, reason);
  }

  @Test
  void aMeasurementOutOfRange_isRefused() {
    var two = counting();
    var forged = forger(two).leaderShare(Forger.flip(0)).make(Measurement.yes(true));
    refusedByHelper(two, forged, Reason.NOT_VERIFIED);
  }

  @Test
  void aWrongProof_isRefused() {
    var two = counting();
    var forged = forger(two).leaderShare(Forger.flip(9)).make(Measurement.yes(true));
    refusedByHelper(two, forged, Reason.NOT_VERIFIED);
  }

  @Test
  void anotherSeedForTheHelper_isRefused() {
    var two = counting();
    var forged = forger(two).helperShare(Forger.flip(5)).make(Measurement.yes(true));
    refusedByHelper(two, forged, Reason.NOT_VERIFIED);
  }

  @Test
  void jointRandomnessSplitAtTheHelper_isRefusedByTheHelper() {
    var two = histogram();
    var forged = forger(two).publicShare(Forger.flip(PART)).make(Measurement.bucket(3));
    refusedByHelper(two, forged, Reason.SPLIT_RANDOMNESS);
  }

  @Test
  void jointRandomnessSplitAtTheLeader_isRefusedByTheLeader() {
    var two = histogram();
    var forged = forger(two).publicShare(Forger.flip(0)).make(Measurement.bucket(3));
    refusedByLeader(two, forged, Reason.SPLIT_RANDOMNESS);
  }

  @Test
  void aShareThatIsTooLong_isRefused() {
    var two = counting();
    var forged =
        forger(two).leaderShare(share -> Arrays.copyOf(share, 70_000)).make(Measurement.yes(true));
    refusedByLeader(two, forged, Reason.MALFORMED_SHARE);
  }

  @Test
  void anElementThatIsNotCanonical_isRefused() {
    var two = counting();
    var forged =
        forger(two)
            .leaderShare(share -> {
              Arrays.fill(share, 0, 8, (byte) 0xff);
              return share;
            })
            .make(Measurement.yes(true));
    refusedByLeader(two, forged, Reason.MALFORMED_SHARE);
  }

  @Test
  void theOtherPartysCiphertext_doesNotOpen() {
    var two = counting();
    var report = honest(two);
    var swapped =
        new Report(report.metadata(), report.publicShare(), report.helper(), report.leader());
    refusedByLeader(two, swapped, Reason.NOT_OPENED);
  }

  @Test
  void aReportIdOfSomebodyElse_isUsedUp() {
    var two = counting();
    var first = honest(two);
    two.upload(first);
    two.exchange();
    var again =
        forger(two)
            .by(two.task.signers.get(2))
            .id(first.metadata().id())
            .make(Measurement.yes(true));
    two.upload(again);
    two.exchange();
    two.close(1, new TimeInterval(HOUR, 1));
    LaneShare leader = two.leaderShare();
    assertThat(leader.sum().reports()).isEqualTo(1);
    assertThat(leader.refusedOfTask()).isEqualTo(TwoAggregators.reasons(Reason.REPLAYED, 1));
  }

  @Test
  void aReportOfAnotherTask_isRefusedByBoth() {
    var two = counting();
    var other = aTask().clock(clock).make();
    var foreign =
        new Forger(other, HOUR).by(two.task.signers.getFirst()).make(Measurement.yes(true));
    refusedByLeader(two, foreign, Reason.BAD_SIGNATURE);
  }

  @Test
  void aStranger_isRefused() {
    var two = counting();
    refusedByLeader(
        two,
        forger(two)
            .by(new Ed25519Signer(RehearsalTask.COLLECTOR, RehearsalTask.keys()))
            .make(Measurement.yes(true)),
        Reason.UNKNOWN_CONTRIBUTOR);
  }

  @Test
  void aFalseSignature_isRefused() {
    var two = counting();
    refusedByLeader(
        two,
        forger(two).signature(Forger.flip(7)).make(Measurement.yes(true)),
        Reason.BAD_SIGNATURE);
  }

  @Test
  void anExtensionNobodyAgreedOn_isRefused() {
    var two = counting();
    refusedByLeader(
        two, forger(two).extension(7).make(Measurement.yes(true)), Reason.EXTENSION_REFUSED);
  }

  @Test
  void anExtensionForOneAggregatorAlone_isRefusedByThatOne() {
    var two = counting();
    refusedByLeader(
        two,
        forger(two).privateExtension(DapRole.LEADER, 7).make(Measurement.yes(true)),
        Reason.EXTENSION_REFUSED);
    var other = counting();
    refusedByHelper(
        other,
        forger(other).privateExtension(DapRole.HELPER, 7).make(Measurement.yes(true)),
        Reason.EXTENSION_REFUSED);
  }

  @Test
  void reportsOfTheFuture_areRefused() {
    var two = counting();
    refusedByLeader(two, forger(two).time(HOUR + 3).make(Measurement.yes(true)), Reason.TOO_EARLY);
  }

  @Test
  void reportsThatAreTooOld_areRefused() {
    var two = counting();
    refusedByLeader(two, forger(two).time(HOUR - 60).make(Measurement.yes(true)), Reason.TOO_OLD);
  }

  @Test
  void reportsBeforeTheTask_areRefused() {
    var two = counting();
    refusedByLeader(
        two, forger(two).time(HOUR - 30).make(Measurement.yes(true)), Reason.TASK_NOT_STARTED);
  }

  /** With two lanes, but only the first is here: what an added or wrong partition looks like. */
  @Test
  void aReportInAnotherLane_isRefused() {
    var two = with(aTask().lanes(2).contributors(40, 2).clock(clock).make());
    var signer =
        two.task.signers.stream()
            .filter(each -> Lane.of(two.task.task.id(), each.party(), 2) == 1)
            .findFirst();
    assertThat(signer).as("none in the second lane by chance: once in 10^12 runs").isPresent();
    ReportId id = Lane.draw(two.task.task.id(), signer.get().party(), 2, two.task.random);
    two.upload(forger(two).by(signer.get()).id(id).make(Measurement.yes(true)));
    two.exchange();
    two.close(1, new TimeInterval(HOUR, 1));
    LaneShare leader = two.leaderShare();
    assertThat(leader.sum().reports()).isZero();
    assertThat(leader.refusedOfTask()).isEqualTo(TwoAggregators.reasons(Reason.WRONG_LANE, 1));
    assertThat(two.leader.refusalsShown()).isEqualTo(leader.refusedOfTask());
  }

  /** The helper has its own word about lanes, whatever partition the leader sends a report in. */
  @Test
  void aLeaderThatSendsAnotherLanesReport_isRefusedByTheHelper() {
    var two = with(aTask().lanes(2).contributors(40, 2).clock(clock).make());
    var elsewhere =
        two.task.signers.stream()
            .filter(each -> Lane.of(two.task.task.id(), each.party(), 2) == 1)
            .findFirst()
            .orElseThrow();
    ReportId id = Lane.draw(two.task.task.id(), elsewhere.party(), 2, two.task.random);
    stuff(two, forger(two).by(elsewhere).id(id).make(Measurement.yes(true)));
    two.close(1, new TimeInterval(HOUR, 1));
    LaneShare helper = two.helperShare();
    assertThat(helper.sum().reports()).isZero();
    assertThat(helper.refusedOfTask()).isEqualTo(TwoAggregators.reasons(Reason.WRONG_LANE, 1));
    assertThat(two.helper.refusalsShown()).isEqualTo(helper.refusedOfTask());
  }

  /** Ten devices of one party: counted apart, each would be within the cap, and a contributor. */
  @Test
  void onePartyWithTenKeys_isOneContributorWithOneCap_atLeaderAndHelper() {
    var two = with(aTask().contributors(20, 2).keysOfEach(10).cap(4).clock(clock).make());
    for (int key = 0; key < 10; key++) {
      two.upload(two.task.maker(key, clock).make(Measurement.yes(true)));
      two.exchange();
    }
    two.close(1, new TimeInterval(HOUR, 1));
    LaneShare leader = two.leaderShare();
    LaneShare helper = two.helperShare();
    assertThat(leader.refusedOfTask()).isEqualTo(TwoAggregators.reasons(Reason.CONTRIBUTOR_CAP, 6));
    assertThat(List.of(leader, helper))
        .allSatisfy(share -> {
          assertThat(share.sum().reports()).isEqualTo(4);
          assertThat(share.contributors()).isEqualTo(1);
        });
  }

  /** The helper believes no leader that lets a party in beyond its cap. */
  @Test
  void aLeaderThatCapsByKey_isRefusedByTheHelper() {
    var two = with(aTask().contributors(20, 2).keysOfEach(10).cap(4).clock(clock).make());
    for (int key = 0; key < 10; key++) {
      stuff(two, two.task.maker(key, clock).make(Measurement.yes(true)));
    }
    two.close(1, new TimeInterval(HOUR, 1));
    LaneShare helper = two.helperShare();
    assertThat(helper.sum().reports()).isEqualTo(4);
    assertThat(helper.contributors()).isEqualTo(1);
    assertThat(helper.refusedOfTask()).isEqualTo(TwoAggregators.reasons(Reason.CONTRIBUTOR_CAP, 6));
  }

  /**
   * A leader, and contributors with it, that spread a party's keys over lanes, so that each lane
   * knows of one: every report has the lane of its id, and the helper asks whose it is.
   */
  @Test
  void aLeaderThatAssignsLanesByKey_isRefusedByTheHelper() {
    var two = with(aTask().lanes(2).contributors(80, 2).keysOfEach(2).clock(clock).make());
    int elsewhere = 0;
    for (var signer : two.task.signers) {
      var byKey = new PartyId(signer.id().bytes());
      var id = Lane.draw(two.task.task.id(), byKey, 2, two.task.random);
      if (Lane.of(two.task.task.id(), byKey, 2) == 0) {
        stuff(two, forger(two).by(signer).id(id).make(Measurement.yes(true)));
        elsewhere += Lane.of(two.task.task.id(), signer.party(), 2);
      }
    }
    assertThat(elsewhere).as("none by chance: once in 10^8 runs").isPositive();
    two.close(1, new TimeInterval(HOUR, 1));
    assertThat(two.helperShare().refusedOfTask())
        .isEqualTo(TwoAggregators.reasons(Reason.WRONG_LANE, elsewhere));
  }

  /**
   * A leader that keeps ids, times and signatures of all contributors but one and puts measurements
   * of its own under them would learn that one's.
   */
  @Test
  void aLeaderThatReplacesWhatOthersMeasured_isRefusedByTheHelper() {
    var two = counting();
    var genuine = two.task.maker(0, clock).make(Measurement.yes(true));
    stuff(two, forger(two).proofOf(genuine).make(Measurement.yes(false)));
    two.close(1, new TimeInterval(HOUR, 1));
    LaneShare helper = two.helperShare();
    assertThat(helper.sum().reports()).isZero();
    assertThat(helper.refusedOfTask()).isEqualTo(TwoAggregators.reasons(Reason.BAD_SIGNATURE, 1));
  }

  /** A leader cannot make up contributors: the helper verifies each signature for itself. */
  @Test
  void aLeaderThatStuffsABatch_isRefusedByTheHelper() {
    var two = counting();
    var invented = new Ed25519Signer(RehearsalTask.COLLECTOR, RehearsalTask.keys());
    stuff(two, forger(two).by(invented).make(Measurement.yes(true)));
    stuff(two, forger(two).signature(Forger.flip(3)).make(Measurement.yes(true)));
    two.close(1, new TimeInterval(HOUR, 1));
    LaneShare helper = two.helperShare();
    assertThat(helper.sum().reports()).isZero();
    assertThat(helper.refusedOfTask())
        .containsEntry(Reason.UNKNOWN_CONTRIBUTOR, 1L)
        .containsEntry(Reason.BAD_SIGNATURE, 1L)
        .hasSize(2);
    assertThat(two.helper.refusalsShown()).isEqualTo(helper.refusedOfTask());
  }

  private void stuff(TwoAggregators two, Report report) {
    var start = new LeaderVerifier(two.task.leaderRing).start(two.task.task, report);
    var payload = ((LeaderVerifier.Start.Started) start).payload();
    var init =
        new VerifyInit(
            new ReportShare(report.metadata(), report.publicShare(), report.helper()), payload);
    var request = new AggregationJobInitReq(0, Bytes.EMPTY, List.of(), List.of(init));
    var key = new LaneKey.OfReport(two.task.task.id(), report.metadata().id()).encoded();
    two.helper.in(AggregationTopics.PREPARATION, key, Carried.item(request));
  }

  @Test
  void truncatedAndOversizedBytes_arePutAside() {
    var two = counting();
    var report = honest(two);
    var key = new LaneKey.OfReport(two.task.task.id(), report.metadata().id()).encoded();
    byte[] whole = Carried.item(report).toArray();
    for (int length = 0; length < whole.length; length += 7) {
      two.leader.in(AggregationTopics.REPORTS, key, Bytes.owning(Arrays.copyOf(whole, length)));
    }
    two.leader.in(
        AggregationTopics.REPORTS, key, Bytes.owning(Arrays.copyOf(whole, whole.length + 1)));
    two.leader.in(AggregationTopics.REPORTS, new TestRecord<>(null, whole));
    int poison = (whole.length + 6) / 7 + 2;
    assertThat(two.leader.out(AggregationTopics.LEADER_DEAD_LETTERS)).hasSize(poison);
    two.upload(report);
    two.exchange();
    two.close(1, new TimeInterval(HOUR, 1));
    assertThat(two.leaderShare().sum().reports()).isEqualTo(1);
  }
}
