package dev.weir.aggregation.stream;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.lane.LaneShare;
import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.aggregation.verify.Reason;
import dev.weir.dap.client.Ed25519Signer;
import dev.weir.dap.id.ReportId;
import dev.weir.dap.profile.Lane;
import dev.weir.dap.profile.PartyId;
import dev.weir.dap.task.TimeInterval;
import dev.weir.privacy.vdaf.Measurement;
import org.junit.jupiter.api.Test;

/** A leader that sends on whatever it likes: the helper's rules hold all the same. */
class LyingLeaderTest extends PairTest {
  private static final TimeInterval BATCH = new TimeInterval(HOUR, 1);

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
    two.ask(new Forger(two.task, HOUR).by(elsewhere).id(id).make(Measurement.yes(true)));
    two.close(1, BATCH);
    LaneShare helper = two.helperShare();
    assertThat(helper.sum().reports()).isZero();
    assertThat(helper.refusedOfTask()).isEqualTo(TwoAggregators.reasons(Reason.WRONG_LANE, 1));
    assertThat(two.helper.refusalsShown()).isEqualTo(helper.refusedOfTask());
  }

  /** The helper believes no leader that lets a party in beyond its cap. */
  @Test
  void aLeaderThatCapsByKey_isRefusedByTheHelper() {
    var two = with(aTask().contributors(20, 2).keysOfEach(10).cap(4).clock(clock).make());
    for (int key = 0; key < 10; key++) {
      two.ask(two.task.maker(key, clock).make(Measurement.yes(true)));
    }
    two.close(1, BATCH);
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
        two.ask(new Forger(two.task, HOUR).by(signer).id(id).make(Measurement.yes(true)));
        elsewhere += Lane.of(two.task.task.id(), signer.party(), 2);
      }
    }
    assertThat(elsewhere).as("none by chance: once in 10^8 runs").isPositive();
    two.close(1, BATCH);
    assertThat(two.helperShare().refusedOfTask())
        .isEqualTo(TwoAggregators.reasons(Reason.WRONG_LANE, elsewhere));
  }

  /**
   * A leader that keeps ids, times and signatures of all contributors but one and puts measurements
   * of its own under them would learn that one's.
   */
  @Test
  void aLeaderThatReplacesWhatOthersMeasured_isRefusedByTheHelper() {
    var two = with(aTask().clock(clock).make());
    var genuine = two.task.maker(0, clock).make(Measurement.yes(true));
    two.ask(new Forger(two.task, HOUR).proofOf(genuine).make(Measurement.yes(false)));
    two.close(1, BATCH);
    LaneShare helper = two.helperShare();
    assertThat(helper.sum().reports()).isZero();
    assertThat(helper.refusedOfTask()).isEqualTo(TwoAggregators.reasons(Reason.BAD_SIGNATURE, 1));
  }

  /** A leader cannot make up contributors: the helper verifies each signature for itself. */
  @Test
  void aLeaderThatStuffsABatch_isRefusedByTheHelper() {
    var two = with(aTask().clock(clock).make());
    var invented = new Ed25519Signer(RehearsalTask.COLLECTOR, RehearsalTask.keys());
    two.ask(new Forger(two.task, HOUR).by(invented).make(Measurement.yes(true)));
    two.ask(new Forger(two.task, HOUR).signature(Forger.flip(3)).make(Measurement.yes(true)));
    two.close(1, BATCH);
    LaneShare helper = two.helperShare();
    assertThat(helper.sum().reports()).isZero();
    assertThat(helper.refusedOfTask())
        .containsEntry(Reason.UNKNOWN_CONTRIBUTOR, 1L)
        .containsEntry(Reason.BAD_SIGNATURE, 1L)
        .hasSize(2);
    assertThat(two.helper.refusalsShown()).isEqualTo(helper.refusedOfTask());
  }
}
