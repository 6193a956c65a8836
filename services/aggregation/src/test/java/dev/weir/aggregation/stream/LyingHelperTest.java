package dev.weir.aggregation.stream;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.lane.LaneShare;
import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.verify.HelperVerifier;
import dev.weir.aggregation.verify.Reason;
import dev.weir.dap.job.AggregationJobInitReq;
import dev.weir.dap.job.VerifyInit;
import dev.weir.dap.job.VerifyResp;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.wire.Bytes;
import dev.weir.privacy.vdaf.Measurement;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** A helper that verifies proofs and has no other rule: the leader's rules hold all the same. */
class LyingHelperTest extends PairTest {
  private static final TimeInterval BATCH = new TimeInterval(HOUR, 1);
  private static final TimeInterval OTHER = new TimeInterval(HOUR - 1, 1);

  /** What is asked for before the first answer comes is capped when the answers do. */
  @Test
  void whoCapsNothing_letsNobodyBeyondTheCapAtTheLeader() {
    int cap = 4;
    var two = with(aTask().cap(cap).clock(clock).make());
    var asked = asked(two, 0, 2 * cap);
    assertThat(asked).as("all of them are under way").hasSize(2 * cap);
    asked.forEach(request -> take(two, request));
    two.close(1, BATCH);
    LaneShare leader = two.leaderShare();
    assertThat(leader.sum().reports()).isEqualTo(cap);
    assertThat(leader.refusedOfTask())
        .isEqualTo(TwoAggregators.reasons(Reason.CONTRIBUTOR_CAP, cap));
  }

  /** In a batch that the leader's lane has told of, a report more would never be collected. */
  @Test
  void whoTakesAReportAfterItsBatchWasTold_addsNothingAtTheLeader() {
    var two = with(aTask().clock(clock).make());
    var asked = asked(two, 0, 2);
    take(two, asked.getFirst());
    LaneShare told = marked(two, 1, Marker.Kind.CLOSE, BATCH);
    assertThat(told.sum().reports()).isEqualTo(1);

    take(two, asked.getLast());
    assertThat(marked(two, 1, Marker.Kind.CLOSE, BATCH).sum()).isEqualTo(told.sum());
    assertThat(marked(two, 2, Marker.Kind.COUNT, OTHER).refusedOfTask())
        .isEqualTo(TwoAggregators.reasons(Reason.BATCH_COLLECTED, 1));
    assertThat(two.leader.refusalsShown())
        .isEqualTo(TwoAggregators.reasons(Reason.BATCH_COLLECTED, 1));
  }

  /** While its batch is being closed, what was admitted before still counts at both. */
  @Test
  void whoAnswersBeforeItsMarkerComesBack_isNotLate() {
    var two = with(aTask().clock(clock).make());
    var asked = asked(two, 0, 1);
    two.mark(TwoAggregators.marker(1, Marker.Kind.CLOSE, BATCH));
    take(two, asked.getFirst());
    returnMarkers(two);
    assertThat(two.leaderShare().sum().reports()).isEqualTo(1);
  }

  @Test
  void whoTakesAReportTwice_orOneThatNobodySent_isPutAside() {
    var two = with(aTask().clock(clock).make());
    var asked = asked(two, 0, 1);
    take(two, asked.getFirst());
    take(two, asked.getFirst());
    take(two, asked(with(two.task), 0, 1).getFirst());
    assertThat(marked(two, 1, Marker.Kind.CLOSE, BATCH).sum().reports()).isEqualTo(1);
    assertThat(two.leader.putAsideShown("not-asked")).isEqualTo(2);
  }

  private List<TestRecord<byte[], byte[]>> asked(TwoAggregators two, int contributor, int count) {
    for (int i = 0; i < count; i++) {
      two.upload(two.task.maker(contributor, clock).make(Measurement.yes(true)));
    }
    return two.leader.out(AggregationTopics.PREPARATION);
  }

  /** Verifies the proof, and says so. */
  private static void take(TwoAggregators two, TestRecord<byte[], byte[]> request) {
    var carried = Carried.read(request.value(), AggregationJobInitReq::read);
    VerifyInit init = ((Carried.Item<AggregationJobInitReq>) carried).message().inits().getFirst();
    var helper = new HelperVerifier(two.task.helperRing);
    var answer = (HelperVerifier.Answer.Verified) helper.answer(two.task.task, init);
    var taken = new VerifyResp.Continue(init.share().metadata().id(), answer.payload());
    two.leader.in(AggregationTopics.ANSWERS, Bytes.copyOf(request.key()), Carried.item(taken));
  }

  private static LaneShare marked(
      TwoAggregators two, int collection, Marker.Kind kind, TimeInterval interval) {
    two.mark(TwoAggregators.marker(collection, kind, interval));
    returnMarkers(two);
    return two.leaderShare();
  }

  private static void returnMarkers(TwoAggregators two) {
    for (var marker : two.leader.out(AggregationTopics.PREPARATION)) {
      two.leader.in(
          AggregationTopics.ANSWERS, Bytes.copyOf(marker.key()), Bytes.copyOf(marker.value()));
    }
  }
}
