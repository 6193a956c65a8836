package dev.weir.aggregation.stream;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.lane.LaneShare;
import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.aggregation.verify.Reason;
import dev.weir.dap.DapRole;
import dev.weir.dap.client.Ed25519Signer;
import dev.weir.dap.id.ReportId;
import dev.weir.dap.profile.Lane;
import dev.weir.dap.report.Report;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.privacy.vdaf.Measurement;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** Whoever departs from the protocol is refused, and counted under the reason. */
class MaliciousPartiesTest extends PairTest {
  private static final int PART = 32;

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
