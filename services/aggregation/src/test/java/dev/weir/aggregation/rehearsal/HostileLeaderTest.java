package dev.weir.aggregation.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.collect.CollectionId;
import dev.weir.aggregation.collect.ReleasePoint;
import dev.weir.aggregation.collect.ToldShare;
import dev.weir.aggregation.lane.Bucket;
import dev.weir.aggregation.lane.LaneShare;
import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.task.TaskDocument;
import dev.weir.dap.DapRole;
import dev.weir.dap.collection.AggregateShareReq;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.Query;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A leader that closes one batch and asks for another: the helper releases each batch once. */
class HostileLeaderTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:30:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final int LANES = 2;
  private static final int REPORTS = 6;

  private static ReleaseStage stage;

  private final RehearsalTask task = task();
  private final RehearsalTask other = task();
  private final RehearsalTask anothers = shape().ledBy(RehearsalTask.COLLECTOR).make();
  private final TimeInterval batch = new TimeInterval(task.hour(NOW), 1);
  private final RehearsalLanes lanes =
      new RehearsalLanes(task, CLOCK, new SplittableRandom(7), PlantedBug.NONE);
  private final LaneLog said = new LaneLog();
  private final int[] taken = new int[LANES];
  private ReleaseProcess helper;

  @BeforeAll
  static void open() {
    stage = ReleaseStage.open();
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @BeforeEach
  void start() {
    helper =
        new ReleaseProcess(
            new ReleaseProcess.Surroundings(
                stage,
                DapRole.HELPER,
                new RehearsalLedger(),
                (topic, key, value) -> said.append(key, value),
                (about, marker) -> lanes.mark(marker),
                CLOCK,
                ReleasePoint.Probe.NONE),
            LANES);
    for (RehearsalTask one : new RehearsalTask[] {task, other, anothers}) {
      helper.setUp(
          new TaskDocument(
              Base64Url.encode(one.task.configuration().encoded()),
              one.terms,
              Base64Url.encode(one.seed)));
    }
    task.powersOfTwo(REPORTS, NOW).forEach(lanes::upload);
  }

  @AfterEach
  void stop() {
    helper.close();
  }

  @Test
  void batchThatWasClosed_isReleased() {
    var collection = CollectionId.random();
    var sum = closed(collection, batch);
    assertThat(sum.reports()).isEqualTo(REPORTS);
    assertThat(answer(task, collection, batch, sum)).isPresent();
  }

  @Test
  void batchThatWasClosed_isNotReleasedUnderAnothersName() {
    var collection = CollectionId.random();
    var sum = closed(collection, batch);
    assertThat(answer(task, collection, new TimeInterval(batch.start() + 5, 1), sum)).isEmpty();
  }

  @Test
  void batchThatWasClosed_isNotReleasedUnderAnotherTasksRules() {
    var collection = CollectionId.random();
    var sum = closed(collection, batch);
    assertThat(answer(other, collection, batch, sum)).isEmpty();
  }

  @Test
  void batchOfAnotherLeadersTask_isNotReleased() {
    var collection = CollectionId.random();
    var sum = closed(collection, batch);
    assertThat(answer(anothers, collection, batch, sum)).isEmpty();
  }

  @Test
  void batchThatWasReleased_isNotReleasedAgainInALargerOne() {
    var first = CollectionId.random();
    assertThat(answer(task, first, batch, closed(first, batch))).isPresent();
    mark(first, Marker.Kind.REOPEN, batch);
    var wider = new TimeInterval(batch.start(), 2);
    var second = CollectionId.random();
    var sum = closed(second, wider);
    assertThat(sum.reports()).as("the lanes believe the leader").isEqualTo(REPORTS);
    assertThat(answer(task, second, wider, sum)).isEmpty();
  }

  /** What the helper's lanes hold of the batch that the leader closes. */
  private Bucket closed(CollectionId collection, TimeInterval interval) {
    mark(collection, Marker.Kind.CLOSE, interval);
    var sum = Bucket.EMPTY;
    for (int lane = 0; lane < LANES; lane++) {
      var told = lanes.of(DapRole.HELPER).get(lane).told();
      for (LaneShare share : told.subList(taken[lane], told.size())) {
        helper.take(share);
        sum = sum.merge(task.task.vdaf(), share.sum());
      }
      taken[lane] = told.size();
    }
    return sum;
  }

  private void mark(CollectionId collection, Marker.Kind kind, TimeInterval interval) {
    lanes.mark(new Marker(name(collection), kind, new BatchSelector.OfInterval(interval)));
    lanes.settle();
  }

  /** The share that the helper gives for a request; empty when it refuses. */
  private Optional<?> answer(
      RehearsalTask about, CollectionId collection, TimeInterval interval, Bucket sum) {
    var request =
        new AggregateShareReq(
            CollectionJobReq.of(new Query.OfInterval(interval)),
            new BatchSelector.OfInterval(interval),
            sum.reports(),
            sum.checksum());
    int before = said.size();
    helper.hear(new LaneLog.Message(key(about.task.id(), collection), request.encoded().toArray()));
    for (int step = 0; step < 3; step++) {
      helper.step();
    }
    assertThat(said.size()).as("answers").isGreaterThan(before);
    return ToldShare.in(said.at(said.size() - 1).value());
  }

  private static byte[] key(TaskId task, CollectionId collection) {
    return new WireWriter().message(task).raw(name(collection)).toBytes().toArray();
  }

  private static Bytes name(CollectionId collection) {
    return Base64Url.decode(collection.toString());
  }

  private static RehearsalTask task() {
    return shape().make();
  }

  private static RehearsalTask.Shape shape() {
    return RehearsalTask.aTask()
        .vdaf(new VdafConfiguration.Sum((1L << 26) - 1))
        .lanes(LANES)
        .contributors(3, 2)
        .minBatch(3)
        .nanoRho(1_000_000_000)
        .clock(CLOCK);
  }
}
