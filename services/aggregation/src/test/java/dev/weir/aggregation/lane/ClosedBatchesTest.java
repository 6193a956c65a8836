package dev.weir.aggregation.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.rehearsal.InMemoryLaneStore;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.wire.Bytes;
import org.junit.jupiter.api.Test;

/** Both halves of the leader look at one lane, each with what it remembers of it. */
class ClosedBatchesTest {
  private static final TaskId TASK = new TaskId(Bytes.owning(new byte[TaskId.LENGTH]));
  private static final TaskId OTHER = new TaskId(LaneKeys.of(TASK).sha256());
  private static final Bytes FIRST = collection(1);
  private static final Bytes SECOND = collection(2);

  private final InMemoryLaneStore store = new InMemoryLaneStore();
  private final ClosedBatches admission = new ClosedBatches(store);
  private final ClosedBatches settlement = new ClosedBatches(store);

  @Test
  void whatOneCloses_theOtherKnows_andReopens() {
    assertThat(settlement.covers(TASK, LaneKeys.bucket(12))).isFalse();
    assertThat(admission.close(TASK, FIRST, interval(10, 5))).isTrue();
    assertThat(settlement.covers(TASK, LaneKeys.bucket(12))).isTrue();
    assertThat(settlement.covers(TASK, LaneKeys.bucket(15))).isFalse();
    assertThat(settlement.covers(OTHER, LaneKeys.bucket(12))).isFalse();
    settlement.settle(TASK, FIRST, interval(10, 5));
    assertThat(admission.isSettled(TASK, LaneKeys.bucket(14))).isTrue();
    assertThat(admission.close(TASK, SECOND, interval(14, 5))).isFalse();
    admission.reopen(TASK, FIRST, interval(10, 5));
    assertThat(settlement.covers(TASK, LaneKeys.bucket(12))).isFalse();
    assertThat(settlement.isFree(TASK, SECOND, interval(14, 5))).isTrue();
  }

  /** The slowest lane has the marker sent again to all. */
  @Test
  void whatIsClosedAgain_staysTold() {
    admission.close(TASK, FIRST, interval(10, 5));
    settlement.settle(TASK, FIRST, interval(10, 5));
    assertThat(admission.close(TASK, FIRST, interval(10, 5))).isTrue();
    assertThat(settlement.isSettledFor(TASK, FIRST, interval(10, 5))).isTrue();
  }

  @Test
  void whatWasUndone_isForgotten_thoughAsManyChangesFollow() {
    admission.close(TASK, FIRST, interval(10, 5));
    store.commit();
    admission.close(TASK, SECOND, interval(20, 5));
    assertThat(admission.covers(TASK, LaneKeys.bucket(22))).isTrue();
    store.rollback();
    admission.close(TASK, SECOND, interval(30, 5));
    assertThat(admission.covers(TASK, LaneKeys.bucket(22))).isFalse();
    assertThat(admission.covers(TASK, LaneKeys.bucket(32))).isTrue();
    assertThat(admission.covers(TASK, LaneKeys.bucket(12))).isTrue();
  }

  private static BatchSelector interval(long start, long duration) {
    return new BatchSelector.OfInterval(new TimeInterval(start, duration));
  }

  private static Bytes collection(int number) {
    byte[] name = new byte[Marker.COLLECTION_LENGTH];
    name[0] = (byte) number;
    return Bytes.owning(name);
  }
}
