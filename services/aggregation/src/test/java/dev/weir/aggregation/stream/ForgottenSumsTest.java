package dev.weir.aggregation.stream;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.lane.LaneShare;
import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.verify.Reason;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.wire.Bytes;
import dev.weir.privacy.vdaf.Measurement;
import org.junit.jupiter.api.Test;

/** Each aggregator's lanes forget a batch at its own word, once it was told and not before. */
class ForgottenSumsTest extends PairTest {
  private static final TimeInterval BATCH = new TimeInterval(HOUR, 1);
  private static final int OWN = 1;
  private static final int OTHER = 2;

  @Test
  void sums_areForgottenOnceTold_byTheSideThatWantsIt_andStayClosed() {
    var two = with(aTask().clock(clock).make());
    for (int i = 0; i < 3; i++) {
      two.upload(two.task.maker(i, clock).make(Measurement.yes(true)));
    }
    two.exchange();

    forgetAtLeader(two, OWN);
    assertThat(toldAtLeader(two)).as("not told before").isEqualTo(3);
    forgetAtLeader(two, OTHER);
    assertThat(toldAtLeader(two)).as("of another collection").isEqualTo(3);
    forgetAtLeader(two, OWN);
    assertThat(toldAtLeader(two)).isZero();
    assertThat(two.helperShare().sum().reports()).as("the helper's own").isEqualTo(3);

    two.helper.in(
        AggregationTopics.JOBS,
        new LaneKey.OfMarker(two.task.task.id(), name(OWN), 0).encoded(),
        Carried.marker(forget(OWN)));
    assertThat(two.helper.out(AggregationTopics.JOB_ANSWERS)).isEmpty();
    toldAtLeader(two);
    LaneShare forgotten = two.helperShare();
    assertThat(forgotten.sum().reports()).isZero();
    assertThat(forgotten.contributors()).isZero();

    two.upload(two.task.maker(0, clock).make(Measurement.yes(true)));
    assertThat(two.leader.refusalsShown())
        .isEqualTo(TwoAggregators.reasons(Reason.BATCH_COLLECTED, 1));
  }

  /** As it is where another lane is slow: the marker that closes is sent to all of them again. */
  @Test
  void sums_areForgotten_thoughTheMarkerThatClosesIsUnderWayAgain() {
    var two = with(aTask().clock(clock).make());
    for (int i = 0; i < 3; i++) {
      two.upload(two.task.maker(i, clock).make(Measurement.yes(true)));
    }
    two.exchange();
    assertThat(toldAtLeader(two)).isEqualTo(3);
    two.mark(TwoAggregators.marker(OWN, Marker.Kind.CLOSE, BATCH));
    two.mark(forget(OWN));
    two.exchange();
    assertThat(toldAtLeader(two)).isZero();
  }

  /** Else a leader could take reports of honest parties out of a batch before it is collected. */
  @Test
  void sums_areNotForgotten_atTheOthersWord() {
    var two = with(aTask().clock(clock).make());
    for (int i = 0; i < 3; i++) {
      two.upload(two.task.maker(i, clock).make(Measurement.yes(true)));
    }
    two.exchange();
    two.markAtHelper(TwoAggregators.marker(OTHER, Marker.Kind.CLOSE, BATCH));
    assertThat(two.helperShare().sum().reports()).isEqualTo(3);
    two.markAtHelper(forget(OTHER));
    assertThat(two.helper.putAsideShown("not-the-leaders")).isEqualTo(1);
    two.markAtHelper(TwoAggregators.marker(OTHER, Marker.Kind.REOPEN, BATCH));
    two.markAtHelper(TwoAggregators.marker(OWN, Marker.Kind.CLOSE, BATCH));
    assertThat(two.helperShare().sum().reports()).isEqualTo(3);
  }

  private void forgetAtLeader(TwoAggregators two, int collection) {
    two.leader.out(AggregationTopics.PREPARATION);
    two.mark(forget(collection));
    assertThat(two.leader.out(AggregationTopics.PREPARATION)).isEmpty();
  }

  /** What its lane tells of the batch when it is asked again. */
  private static long toldAtLeader(TwoAggregators two) {
    two.close(OWN, BATCH);
    return two.leaderShare().sum().reports();
  }

  private static Marker forget(int collection) {
    return TwoAggregators.marker(collection, Marker.Kind.FORGET, BATCH);
  }

  private static Bytes name(int collection) {
    return TwoAggregators.name(collection);
  }
}
