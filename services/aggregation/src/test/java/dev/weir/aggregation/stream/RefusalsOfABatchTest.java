package dev.weir.aggregation.stream;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static dev.weir.aggregation.stream.TwoAggregators.reasons;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.lane.LaneShare;
import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.aggregation.verify.Reason;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.id.BatchId;
import dev.weir.dap.report.Report;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.privacy.vdaf.Measurement;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch tells its own refusals, and the task's beside them. */
class RefusalsOfABatchTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:30:00Z");
  private static final long HOUR = NOW.getEpochSecond() / RehearsalTask.HOUR;

  @TempDir private Path state;
  private final InstantSource clock = InstantSource.fixed(NOW);
  private TwoAggregators two;

  @AfterEach
  void close() {
    two.close();
  }

  private void byInterval() {
    two = new TwoAggregators(aTask().clock(clock).make(), clock, state);
  }

  private void leaderSelected() {
    two = new TwoAggregators(aTask().leaderSelected().clock(clock).make(), clock, state);
  }

  private Report wrongProof(long hour) {
    return new Forger(two.task, hour).leaderShare(Forger.flip(9)).make(Measurement.yes(true));
  }

  @Test
  void byInterval_aBatchTellsThoseOfItsHours_andNoneOfOthers() {
    // given
    byInterval();
    two.upload(wrongProof(HOUR));
    two.upload(wrongProof(HOUR - 1));
    two.upload(wrongProof(HOUR - 1));
    two.upload(wrongProof(HOUR + 3)); // its time is false: of no batch
    two.exchange();
    // when
    two.close(1, new TimeInterval(HOUR, 1));
    var leader = two.leaderShare();
    var helper = two.helperShare();
    two.close(2, new TimeInterval(HOUR - 2, 2));
    // then
    assertThat(leader.refused()).isEqualTo(reasons(Reason.REFUSED_BY_HELPER, 1));
    assertThat(leader.refusedOfTask())
        .isEqualTo(Map.of(Reason.REFUSED_BY_HELPER, 3L, Reason.TOO_EARLY, 1L));
    assertThat(helper.refused()).isEqualTo(reasons(Reason.NOT_VERIFIED, 1));
    assertThat(helper.refusedOfTask()).isEqualTo(reasons(Reason.NOT_VERIFIED, 3));
    assertThat(two.leaderShare().refused()).isEqualTo(reasons(Reason.REFUSED_BY_HELPER, 2));
    assertThat(two.helperShare().refused()).isEqualTo(reasons(Reason.NOT_VERIFIED, 2));
  }

  @Test
  void leaderSelected_aBatchTellsThoseSinceItBegan() {
    // given
    leaderSelected();
    var first = begin(1);
    two.upload(wrongProof(HOUR));
    two.upload(wrongProof(HOUR + 3)); // whatever its time: it came while this batch was filled
    two.exchange();
    var second = begin(2);
    two.upload(wrongProof(HOUR));
    two.exchange();
    // when
    two.mark(new Marker(TwoAggregators.name(3), Marker.Kind.CLOSE, first));
    two.exchange();
    var leader = two.leaderShare();
    var helper = two.helperShare();
    two.mark(new Marker(TwoAggregators.name(4), Marker.Kind.CLOSE, second));
    two.exchange();
    // then
    assertThat(leader.refused())
        .isEqualTo(Map.of(Reason.REFUSED_BY_HELPER, 1L, Reason.TOO_EARLY, 1L));
    assertThat(helper.refused()).isEqualTo(reasons(Reason.NOT_VERIFIED, 1));
    assertThat(two.leaderShare().refused()).isEqualTo(reasons(Reason.REFUSED_BY_HELPER, 1));
    var after = two.helperShare();
    assertThat(after.refused()).isEqualTo(reasons(Reason.NOT_VERIFIED, 1));
    assertThat(after.refusedOfTask()).isEqualTo(reasons(Reason.NOT_VERIFIED, 2));
  }

  @Test
  void aReportOfNoBatchThatWasBegun_isOfTheTaskOnly() {
    // given: the leader has begun a batch of which the helper never heard
    leaderSelected();
    var batch = batch(1);
    two.mark(new Marker(TwoAggregators.name(1), Marker.Kind.BEGIN, batch));
    two.leader.out(AggregationTopics.PREPARATION);
    two.upload(wrongProof(HOUR));
    two.exchange();
    // when
    two.mark(new Marker(TwoAggregators.name(3), Marker.Kind.CLOSE, batch));
    two.exchange();
    // then
    var helper = two.helperShare();
    assertThat(helper.refused()).isEmpty();
    assertThat(helper.refusedOfTask()).isEqualTo(reasons(Reason.NOT_VERIFIED, 1));
  }

  @Test
  void aShareThatWasToldBeforeBatchesHadTallies_isRead() {
    byInterval();
    two.upload(wrongProof(HOUR));
    two.exchange();
    two.close(1, new TimeInterval(HOUR, 1));
    var share = two.leaderShare();
    byte[] bytes = share.encoded().toArray();
    int list = 2 + 1 + Long.BYTES; // its length, one reason, one count
    // when
    var old = WireReader.whole(Arrays.copyOf(bytes, bytes.length - list), LaneShare::read);
    // then
    assertThat(old.refused()).isEmpty();
    assertThat(old.refusedOfTask()).isEqualTo(share.refusedOfTask()).isNotEmpty();
    assertThat(WireReader.whole(bytes, LaneShare::read)).isEqualTo(share);
  }

  private BatchSelector begin(int number) {
    var batch = batch(number);
    two.mark(new Marker(TwoAggregators.name(number), Marker.Kind.BEGIN, batch));
    two.exchange();
    return batch;
  }

  private static BatchSelector batch(int number) {
    byte[] id = new byte[BatchId.LENGTH];
    id[0] = (byte) number;
    return new BatchSelector.OfBatch(new BatchId(Bytes.owning(id)));
  }
}
