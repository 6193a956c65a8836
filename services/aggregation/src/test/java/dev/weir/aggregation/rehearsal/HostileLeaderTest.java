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
import dev.weir.privacy.vdaf.Measurement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
  private final RehearsalLedger ledger = new RehearsalLedger();
  private final List<CollectionId> refused = new ArrayList<>();
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
                ledger,
                (topic, key, value) -> said.append(key, value),
                (about, marker) -> {}, // its lanes have heard of no end yet: the leader was faster
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

  /** Whatever the leader has charged: the helper asks the contract's ledger itself. */
  @Test
  void batchThatTheLeaderDidNotCharge_isChargedByTheHelper_orNotReleased() {
    var first = CollectionId.random();
    ledger.be(RehearsalLedger.Mood.REFUSES);
    var sum = closed(first, batch);
    assertThat(answer(task, first, batch, sum)).isEmpty();
    assertNothingIsCharged();
    var second = reopened(first, CollectionId.random());
    ledger.be(RehearsalLedger.Mood.CHARGES);
    assertThat(answer(task, second, batch, sum)).isPresent();
    assertThat(ledger.charged(task.terms.contractId())).isEqualTo(task.terms.nanoRho());
  }

  @Test
  void batchThatWasClosed_isNotReleasedUnderAnothersName() {
    var collection = CollectionId.random();
    var sum = closed(collection, batch);
    assertThat(answer(task, collection, new TimeInterval(batch.start() - 5, 1), sum)).isEmpty();
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
    var wider = new TimeInterval(batch.start() - 1, 2);
    var second = CollectionId.random();
    var sum = closed(second, wider);
    assertThat(sum.reports()).as("the lanes believe the leader").isEqualTo(REPORTS);
    assertThat(answer(task, second, wider, sum)).isEmpty();
  }

  /** The same number of reports, and others: one bit of the checksum says so. */
  @Test
  void batchThatTheLeaderCountedOtherwise_isNotReleased_andNothingIsCharged() {
    var first = CollectionId.random();
    var sum = closed(first, batch);
    byte[] bit = new byte[sum.checksum().length()];
    bit[bit.length - 1] = 1;
    assertThat(answer(task, first, batch, counted(sum, 0, Bytes.owning(bit)))).isEmpty();
    assertNothingIsCharged();
    for (int more : new int[] {-1, 1}) {
      var collection = reopened(first, CollectionId.random());
      first = collection;
      assertThat(answer(task, collection, batch, counted(sum, more, zeros(sum)))).isEmpty();
      assertNothingIsCharged();
    }
    assertThat(answer(task, reopened(first, first), batch, sum)).as("it stays refused").isEmpty();
    var last = reopened(first, CollectionId.random());
    assertThat(answer(task, last, batch, sum)).as("its own count").isPresent();
  }

  /** The batch closed anew for another collection. */
  private CollectionId reopened(CollectionId before, CollectionId then) {
    mark(before, Marker.Kind.REOPEN, batch);
    closed(then, batch);
    return then;
  }

  private static Bytes zeros(Bucket sum) {
    return Bytes.owning(new byte[sum.checksum().length()]);
  }

  private static Bucket counted(Bucket sum, int more, Bytes otherwise) {
    return new Bucket(
        sum.reports() + more, sum.checksum().xor(otherwise), sum.first(), sum.last(), sum.share());
  }

  /** The leader has counted them too, and asks all the same. */
  @Test
  void batchOfTooFewParties_orOfTooFewReports_isNotReleased_andNothingIsCharged() {
    upload(1, 0, 0, 0, 0);
    upload(2, 0, 1);
    for (int hoursAgo = 1; hoursAgo <= 2; hoursAgo++) {
      var small = new TimeInterval(batch.start() - hoursAgo, 1);
      var collection = CollectionId.random();
      var sum = closed(collection, small);
      assertThat(sum.reports()).isEqualTo(hoursAgo == 1 ? 4 : 2);
      assertThat(answer(task, collection, small, sum)).as("%d hours ago", hoursAgo).isEmpty();
    }
    assertNothingIsCharged();
    var enough = new TimeInterval(batch.start() - 2, 2);
    var collection = CollectionId.random();
    for (int hoursAgo = 1; hoursAgo <= 2; hoursAgo++) {
      var small = new TimeInterval(batch.start() - hoursAgo, 1);
      refused.forEach(each -> mark(each, Marker.Kind.REOPEN, small));
    }
    assertThat(answer(task, collection, enough, closed(collection, enough))).isPresent();
  }

  private void upload(int hoursAgo, int... contributors) {
    for (int contributor : contributors) {
      lanes.upload(
          task.maker(contributor, CLOCK).make(Measurement.number(1), batch.start() - hoursAgo));
    }
  }

  private void assertNothingIsCharged() {
    assertThat(
            stage.ask(
                DapRole.HELPER,
                "select count(*) from helper.releases where task_id = ?",
                (Object) task.task.id().bytes().toArray()))
        .as("charged")
        .isZero();
    assertThat(ledger.charged(task.terms.contractId())).isZero();
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
    var share = ToldShare.in(said.at(said.size() - 1).value());
    if (share.isEmpty()) {
      refused.add(collection);
    }
    return share;
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
