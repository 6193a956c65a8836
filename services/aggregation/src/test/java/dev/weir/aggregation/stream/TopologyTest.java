package dev.weir.aggregation.stream;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.lane.LaneShare;
import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.aggregation.verify.Reason;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.id.BatchId;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireWriter;
import dev.weir.privacy.vdaf.Measurement;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopologyTest extends PairTest {

  private TimeInterval hour(RehearsalTask task) {
    return new TimeInterval(task.hour(NOW), 1);
  }

  /** As a mirror between two clusters brings them that lost its place. */
  @Test
  void messagesThatComeAgain_areDecidedOnOnce_andThoseThatAreMissingAreNoticed() {
    var two = with(aTask().clock(clock).make());
    for (int i = 0; i < 6; i++) {
      two.upload(two.task.maker(i % 3, clock).make(Measurement.yes(true)));
    }
    var requests = two.leader.out(AggregationTopics.PREPARATION);
    // when
    for (int i : new int[] {0, 1, 2, 1, 2, 3, 5}) {
      two.helper.in(AggregationTopics.PREPARATION, requests.get(i));
    }
    // then
    var answers = two.helper.out(AggregationTopics.ANSWERS);
    assertThat(answers).hasSize(5);
    assertThat(two.helper.putAsideShown("repeated")).isEqualTo(2);
    assertThat(two.helper.gapsShown()).isEqualTo(1);
    answers.forEach(answer -> two.leader.in(AggregationTopics.ANSWERS, answer));
    two.leader.in(AggregationTopics.ANSWERS, answers.getLast());
    assertThat(two.leader.putAsideShown("repeated")).isEqualTo(1);
    assertThat(two.leader.gapsShown()).isZero();
  }

  /** Both count alike, and the batch stays one that may be released. */
  @Test
  void reportsBeyondWhatTheFieldCanAddUp_areRefusedInTheLane() {
    var two =
        with(
            aTask()
                .vdaf(new VdafConfiguration.Sum(1L << 60))
                .nanoRho(1_000_000_000_000_000_000L)
                .cap(100)
                .minBatch(3)
                .clock(clock)
                .make());
    long most = two.task.task.mostReportsOfLane();
    assertThat(most).isBetween(3L, 8L);
    for (int i = 0; i < 12; i++) {
      two.upload(two.task.maker(i % 3, clock).make(Measurement.number(1)));
    }
    two.exchange();
    two.close(1, hour(two.task));
    var helper = two.helperShare().sum();
    var leader = two.leaderShare().sum();
    assertThat(helper.reports()).isEqualTo(most);
    assertThat(leader.reports()).isEqualTo(most);
    assertThat(helper.checksum()).isEqualTo(leader.checksum());
    assertThat(two.helper.refusalsShown()).containsEntry(Reason.BATCH_FULL, 12 - most);
  }

  @Test
  void count_isWhatContributorsSaidAndNeitherShareTellsIt() {
    var two = with(aTask().clock(clock).make());
    for (int i = 0; i < 9; i++) {
      two.upload(two.task.maker(i % 3, clock).make(Measurement.yes(i % 3 != 0)));
    }
    two.exchange();
    two.close(1, hour(two.task));

    LaneShare leader = two.leaderShare();
    LaneShare helper = two.helperShare();
    assertThat(leader.sum().reports()).isEqualTo(9);
    assertThat(leader.contributors()).isEqualTo(3);
    assertThat(helper.sum().reports()).isEqualTo(9);
    assertThat(helper.contributors()).isEqualTo(3);
    assertThat(helper.sum().checksum()).isEqualTo(leader.sum().checksum());
    assertThat(two.unshard(leader, helper)).containsExactly(BigInteger.valueOf(6));
  }

  @Test
  void histogram_addsUpBucketByBucket() {
    var two = with(aTask().vdaf(new VdafConfiguration.Histogram(4, 2)).clock(clock).make());
    for (int bucket : new int[] {0, 2, 2, 3, 2}) {
      two.upload(two.task.maker(0, clock).make(Measurement.bucket(bucket)));
    }
    two.exchange();
    two.close(1, hour(two.task));
    assertThat(two.unshard(two.leaderShare(), two.helperShare()))
        .containsExactly(BigInteger.ONE, BigInteger.ZERO, BigInteger.valueOf(3), BigInteger.ONE);
  }

  @Test
  void aReportThatComesTwice_countsOnce() {
    var two = with(aTask().clock(clock).make());
    var report = two.task.maker(0, clock).make(Measurement.yes(true));
    two.upload(report);
    two.upload(report);
    two.exchange();
    two.upload(report);
    two.exchange();
    two.close(1, hour(two.task));
    LaneShare leader = two.leaderShare();
    assertThat(leader.sum().reports()).isEqualTo(1);
    assertThat(leader.refused()).isEqualTo(TwoAggregators.reasons(Reason.REPLAYED, 2));
    assertThat(two.unshard(leader, two.helperShare())).containsExactly(BigInteger.ONE);
  }

  /** One such marker once stopped the lane of the helper for good, for every task in it. */
  @Test
  void markersOfBatchesThatTheTaskCannotHave_arePutAside_andReportsGoOn() {
    for (boolean byInterval : List.of(true, false)) {
      var shape = aTask().clock(clock);
      var two = with((byInterval ? shape : shape.leaderSelected()).make());
      var hour = hour(two.task);
      var impossible = new ArrayList<BatchSelector>();
      impossible.add(
          byInterval
              ? new BatchSelector.OfBatch(
                  new BatchId(
                      new WireWriter().u64(hour.start()).raw(Bytes.owning(new byte[24])).toBytes()))
              : new BatchSelector.OfInterval(hour));
      if (byInterval) {
        impossible.add(new BatchSelector.OfInterval(new TimeInterval(hour.start(), 0)));
        impossible.add(new BatchSelector.OfInterval(new TimeInterval(1, 1_000_000)));
        impossible.add(new BatchSelector.OfInterval(new TimeInterval(-2, 9)));
      }
      int sent = 0;
      for (var batch : impossible) {
        for (var kind : Marker.Kind.values()) {
          two.markAtHelper(new Marker(TwoAggregators.name(7), kind, batch));
          sent++;
        }
      }
      assertThat(two.helper.out(AggregationTopics.HELPER_DEAD_LETTERS)).hasSize(sent);
      assertThat(two.helper.putAsideShown("wrong-batch")).isEqualTo(sent);
      if (byInterval) {
        two.upload(two.task.maker(0, clock).make(Measurement.yes(true)));
        two.exchange();
        two.close(1, hour);
        assertThat(two.helperShare().sum().reports()).isEqualTo(1);
      }
    }
  }

  /** An instance of the leader that slept tells of a batch that is over, or nearly. */
  @Test
  void beginningThatComesLate_doesNotEndTheTask() {
    for (boolean closedBefore : List.of(true, false)) {
      var two = with(aTask().leaderSelected().clock(clock).make());
      var first = new BatchSelector.OfBatch(new BatchId(Bytes.owning(new byte[BatchId.LENGTH])));
      var second =
          new BatchSelector.OfBatch(new BatchId(Bytes.owning(new byte[BatchId.LENGTH]).sha256()));
      two.mark(new Marker(TwoAggregators.name(1), Marker.Kind.BEGIN, first));
      two.mark(new Marker(TwoAggregators.name(2), Marker.Kind.BEGIN, second));
      var late = new Marker(TwoAggregators.name(1), Marker.Kind.BEGIN, first);
      var close = new Marker(TwoAggregators.name(3), Marker.Kind.CLOSE, first);
      List.of(closedBefore ? close : late, closedBefore ? late : close).forEach(two::mark);
      two.upload(two.task.maker(0, clock).make(Measurement.yes(true)));
      two.mark(new Marker(TwoAggregators.name(4), Marker.Kind.COUNT, second));
      two.exchange();
      assertThat(two.helperShare().sum().reports()).isEqualTo(1);
      assertThat(two.leaderShare().sum().reports()).isEqualTo(1);
    }
  }

  /** Its leader comes over HTTP; the broker's is another party. */
  @Test
  void whatTheBrokersLeaderSendsForAnothersTask_isPutAside() {
    var two = with(aTask().ledBy(RehearsalTask.COLLECTOR).clock(clock).make());
    two.upload(two.task.maker(0, clock).make(Measurement.yes(true)));
    two.exchange();
    two.markAtHelper(TwoAggregators.marker(1, Marker.Kind.CLOSE, hour(two.task)));
    assertThat(two.helper.putAsideShown("other-leader")).isEqualTo(2);
    assertThat(two.helper.out(AggregationTopics.ANSWERS)).isEmpty();
    assertThat(two.helper.out(AggregationTopics.HELPER_BATCHES)).isEmpty();
  }

  @Test
  void aLeaderThatReplays_isRefusedByTheHelper() {
    var two = with(aTask().clock(clock).make());
    two.upload(two.task.maker(0, clock).make(Measurement.yes(true)));
    var request = two.leader.out(AggregationTopics.PREPARATION).getFirst();
    two.helper.in(AggregationTopics.PREPARATION, request);
    request.headers().remove(KafkaLane.NUMBER); // as if it were another message
    two.helper.in(AggregationTopics.PREPARATION, request);
    var answers = two.helper.out(AggregationTopics.ANSWERS);
    assertThat(answers).hasSize(2);
    answers.forEach(answer -> two.leader.in(AggregationTopics.ANSWERS, answer));
    two.close(1, hour(two.task));
    LaneShare helper = two.helperShare();
    assertThat(helper.sum().reports()).isEqualTo(1);
    assertThat(helper.refused()).isEqualTo(TwoAggregators.reasons(Reason.REPLAYED, 1));
    assertThat(two.leaderShare().sum().reports()).isEqualTo(1);
    assertThat(two.leader.out(AggregationTopics.LEADER_DEAD_LETTERS)).hasSize(1);
  }

  @Test
  void aClosedBatch_takesNothingMoreAndACollectionThatOverlapsGetsNothing() {
    var two = with(aTask().clock(clock).make());
    two.upload(two.task.maker(0, clock).make(Measurement.yes(true)));
    two.mark(TwoAggregators.marker(1, Marker.Kind.CLOSE, hour(two.task)));
    two.upload(two.task.maker(1, clock).make(Measurement.yes(true)));
    two.exchange();
    assertThat(two.leaderShare().sum().reports()).isEqualTo(1);
    assertThat(two.helperShare().sum().reports()).isEqualTo(1);

    var wider = new TimeInterval(two.task.hour(NOW) - 1, 3);
    two.close(2, wider);
    LaneShare overlapping = two.leaderShare();
    assertThat(overlapping.free()).isFalse();
    assertThat(overlapping.sum().reports()).isZero();
    assertThat(two.helperShare().free()).isFalse();

    two.close(1, hour(two.task));
    LaneShare again = two.leaderShare();
    assertThat(again.sum().reports()).isEqualTo(1);
    assertThat(again.refused()).isEqualTo(TwoAggregators.reasons(Reason.BATCH_COLLECTED, 1));
  }

  @Test
  void aBatchThatWasNotCollected_opensAgain() {
    var two = with(aTask().clock(clock).make());
    two.upload(two.task.maker(0, clock).make(Measurement.yes(true)));
    two.close(1, hour(two.task));
    two.mark(TwoAggregators.marker(1, Marker.Kind.REOPEN, hour(two.task)));
    two.upload(two.task.maker(1, clock).make(Measurement.yes(true)));
    two.exchange();
    two.close(2, hour(two.task));
    assertThat(two.leaderShare().sum().reports()).isEqualTo(2);
    assertThat(two.helperShare().sum().reports()).isEqualTo(2);
  }

  /** The second of two equal markers comes back from the helper after the batch was opened. */
  @Test
  void aBatchThatWasOpenedAgain_isNotClosedByALateMarker() {
    var two = with(aTask().clock(clock).make());
    two.upload(two.task.maker(0, clock).make(Measurement.yes(true)));
    two.close(1, hour(two.task));
    two.mark(TwoAggregators.marker(1, Marker.Kind.CLOSE, hour(two.task)));
    two.mark(TwoAggregators.marker(1, Marker.Kind.REOPEN, hour(two.task)));
    two.exchange();
    two.close(2, hour(two.task));
    LaneShare leader = two.leaderShare();
    assertThat(leader.free()).isTrue();
    assertThat(leader.sum().reports()).isEqualTo(1);
    assertThat(two.helperShare().sum().reports()).isEqualTo(1);
  }

  /** One instance of the leader slept with the closing marker in hand; another one gave up. */
  @Test
  void aCloseThatComesAfterTheReopening_closesNothing() {
    var two = with(aTask().clock(clock).make());
    two.upload(two.task.maker(0, clock).make(Measurement.yes(true)));
    two.close(1, hour(two.task));
    two.mark(TwoAggregators.marker(1, Marker.Kind.REOPEN, hour(two.task)));
    two.exchange();
    two.close(1, hour(two.task));
    two.upload(two.task.maker(1, clock).make(Measurement.yes(true)));
    two.exchange();
    two.close(2, hour(two.task));
    for (LaneShare share : List.of(two.leaderShare(), two.helperShare())) {
      assertThat(share.free()).isTrue();
      assertThat(share.sum().reports()).isEqualTo(2);
    }
  }

  @Test
  void countingDoesNotClose() {
    var two = with(aTask().clock(clock).make());
    two.mark(TwoAggregators.marker(1, Marker.Kind.COUNT, hour(two.task)));
    two.upload(two.task.maker(0, clock).make(Measurement.yes(true)));
    two.exchange();
    assertThat(two.leaderShare().sum().reports()).isZero();
    two.close(1, hour(two.task));
    assertThat(two.leaderShare().sum().reports()).isEqualTo(1);
  }

  @Test
  void aContributorGivesNoMoreThanTheTaskAllows() {
    var two = with(aTask().cap(2).clock(clock).make());
    IntStream.range(0, 5)
        .forEach(i -> two.upload(two.task.maker(0, clock).make(Measurement.yes(true))));
    two.upload(two.task.maker(1, clock).make(Measurement.yes(true)));
    two.exchange();
    two.close(1, hour(two.task));
    assertThat(two.leaderShare().sum().reports()).isEqualTo(3);
    LaneShare helper = two.helperShare();
    assertThat(helper.sum().reports()).isEqualTo(3);
    assertThat(helper.refused()).isEqualTo(TwoAggregators.reasons(Reason.CONTRIBUTOR_CAP, 3));
  }

  @Test
  void aPoisonRecord_isPutAsideAndTheNextOneCounts() {
    var two = with(aTask().clock(clock).make());
    var key =
        new LaneKey.OfMarker(
            two.task.task.id(),
            TwoAggregators.marker(1, Marker.Kind.COUNT, hour(two.task)).collection(),
            0);
    two.leader.in(AggregationTopics.REPORTS, key.encoded(), key.encoded());
    two.upload(two.task.maker(0, clock).make(Measurement.yes(true)));
    two.exchange();
    two.close(1, hour(two.task));
    assertThat(two.leaderShare().sum().reports()).isEqualTo(1);
    assertThat(two.leader.out(AggregationTopics.LEADER_DEAD_LETTERS)).hasSize(1);
  }
}
