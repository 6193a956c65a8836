package dev.weir.aggregation.collect;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.aggregation.collect.CollectionRow.Failure;
import dev.weir.aggregation.collect.CollectionRow.State;
import dev.weir.aggregation.collect.PostgresCollectionStore.Standing;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.dap.collection.AggregateShareReq;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.Query;
import dev.weir.dap.id.BatchId;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.wire.Bytes;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What the helper demands of a leader's request, whatever that says. */
class CollectionRulesTest {
  private static final CollectionId OWN = CollectionId.random();

  /** Of the hours from 78 to 797 of 1970. */
  private static final AggregationTask BY_INTERVAL =
      aTask().clock(InstantSource.fixed(Instant.ofEpochSecond(102 * 3600))).make().task;

  private static final AggregationTask SELECTED = aTask().leaderSelected().make().task;
  private static final Instant LATER = Instant.parse("2026-11-20T10:30:00Z");
  private static final BatchSelector SOME_BATCH =
      new BatchSelector.OfBatch(new BatchId(Bytes.owning(new byte[BatchId.LENGTH])));

  @Test
  void batchIsInTheCollectorsQuery() {
    assertThat(refusal(BY_INTERVAL, of(100, 2), hours(100, 2))).isEmpty();
    assertThat(refusal(BY_INTERVAL, of(100, 2), hours(101, 1))).isEmpty();
    for (var outside : List.of(hours(99, 1), hours(99, 2), hours(101, 2), hours(102, 1))) {
      assertThat(refusal(BY_INTERVAL, of(100, 2), outside))
          .as("%s", outside)
          .contains(ProblemType.DAP_BATCH_INVALID);
    }
    assertThat(refusal(BY_INTERVAL, of(100, 2), SOME_BATCH))
        .contains(ProblemType.DAP_BATCH_INVALID);
    assertThat(refusal(SELECTED, new Query.NextBatch(), SOME_BATCH)).isEmpty();
    assertThat(refusal(SELECTED, new Query.NextBatch(), hours(100, 1)))
        .contains(ProblemType.DAP_BATCH_INVALID);
  }

  @Test
  void queryIsOfTheTasksMode() {
    assertThat(refusal(SELECTED, of(100, 2), hours(100, 2)))
        .contains(ProblemType.DAP_INVALID_MESSAGE);
    assertThat(refusal(BY_INTERVAL, new Query.NextBatch(), SOME_BATCH))
        .contains(ProblemType.DAP_INVALID_MESSAGE);
  }

  @Test
  void batchMeetsNoOther_butIsItself() {
    for (var state : List.of(State.ASKING, State.CHARGING, State.DONE)) {
      var other = new Standing(CollectionId.random(), hours(101, 1), state);
      assertThat(refusal(BY_INTERVAL, of(100, 2), hours(100, 2), other))
          .contains(ProblemType.DAP_BATCH_OVERLAP);
      assertThat(refusal(BY_INTERVAL, of(100, 2), hours(100, 1), other)).isEmpty();
      var own = new Standing(OWN, hours(101, 1), state);
      assertThat(refusal(BY_INTERVAL, of(100, 2), hours(100, 2), own)).isEmpty();
    }
  }

  /** The leader's clock may be ahead of the helper's by the skew, and it allows for one more. */
  @Test
  void intervalHasBegun() {
    long skew = BY_INTERVAL.terms().clockSkewSeconds();
    long precision = BY_INTERVAL.configuration().timePrecisionSeconds();
    for (long hour : List.of(100L, 101L)) {
      var begins = Instant.ofEpochSecond(hour * precision);
      assertThat(at(begins.minusSeconds(2 * skew), hour)).isEmpty();
      assertThat(at(begins.minusSeconds(2 * skew + 1), hour))
          .contains(ProblemType.DAP_BATCH_INVALID);
    }
  }

  /** Nothing was ever counted there, and each of them would be evidence. */
  @Test
  void intervalMeetsTheTasksTime() {
    for (long hour : List.of(78L, 797L)) {
      assertThat(refusal(BY_INTERVAL, of(hour, 1), hours(hour, 1))).isEmpty();
    }
    assertThat(refusal(BY_INTERVAL, of(70, 9), hours(70, 9))).isEmpty();
    for (var outside : List.of(hours(77, 1), hours(798, 1), hours(0, 78), hours(1L << 62, 1))) {
      var query = new Query.OfInterval(((BatchSelector.OfInterval) outside).interval());
      assertThat(refusal(BY_INTERVAL, query, outside))
          .as("%s", outside)
          .contains(ProblemType.DAP_BATCH_INVALID);
    }
  }

  /** Times are unsigned. */
  @Test
  void endOfTimeHasNotBegun() {
    var end = CollectionJobReq.of(of(1L << 63, 1));
    assertThat(CollectionRules.notBegun(BY_INTERVAL, end, LATER).map(Failure::problem))
        .contains(ProblemType.DAP_BATCH_INVALID);
  }

  @Test
  void collectionsOfATask_areSoManyAnHour() {
    var now = new AtomicReference<>(LATER);
    var pace = new CollectionPace(now::get);
    for (int i = 0; i < CollectionPace.MOST_AN_HOUR; i++) {
      pace.begin(BY_INTERVAL.id());
    }
    pace.begin(SELECTED.id());
    assertThatThrownBy(() -> pace.begin(BY_INTERVAL.id()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
              assertThat(refused.extensions()).containsEntry("retryAfterSeconds", 3_601);
            });
    now.set(LATER.plusSeconds(3_600));
    pace.begin(BY_INTERVAL.id());
  }

  /** Of the hours from 100 to the last. */
  private static Optional<ProblemType> at(Instant now, long last) {
    return refusal(BY_INTERVAL, of(100, last - 99), hours(100, last - 99), now);
  }

  private static Query of(long start, long duration) {
    return new Query.OfInterval(new TimeInterval(start, duration));
  }

  private static BatchSelector hours(long start, long duration) {
    return new BatchSelector.OfInterval(new TimeInterval(start, duration));
  }

  private static Optional<ProblemType> refusal(
      AggregationTask task, Query query, BatchSelector batch, Standing... standing) {
    return refusal(task, query, batch, LATER, standing);
  }

  private static Optional<ProblemType> refusal(
      AggregationTask task, Query query, BatchSelector batch, Instant now, Standing... standing) {
    var request =
        new AggregateShareReq(CollectionJobReq.of(query), batch, 5, Bytes.owning(new byte[32]));
    return CollectionRules.refusal(task, request, List.of(standing), OWN, now)
        .map(Failure::problem);
  }
}
