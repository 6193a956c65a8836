package dev.weir.aggregation.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.collect.CollectionId;
import dev.weir.aggregation.collect.LeaderBatches;
import dev.weir.aggregation.collect.PostgresOpenTimes;
import dev.weir.aggregation.collect.ReleasePoint;
import dev.weir.aggregation.collect.TaskOpening;
import dev.weir.aggregation.lane.LaneShare;
import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.task.PostgresTaskStore;
import dev.weir.aggregation.task.TaskBook;
import dev.weir.aggregation.task.TaskDocument;
import dev.weir.aggregation.verify.Reason;
import dev.weir.dap.DapRole;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.Query;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is taken counts: a task takes reports once the helper has it, and not while it counts. */
class OpenTimesTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:30:00Z");
  private static final int LANES = 2;
  private static final int REPORTS = 6;

  private final RehearsalTask task =
      RehearsalTask.aTask()
          .vdaf(new VdafConfiguration.Sum((1L << REPORTS) - 1))
          .lanes(LANES)
          .contributors(3, 2)
          .minBatch(3)
          .clock(() -> NOW)
          .make();
  private final long hour = task.hour(NOW);
  private final CollectionJobReq request =
      CollectionJobReq.of(new Query.OfInterval(new TimeInterval(hour, 1)));
  private final RehearsalLedger ledger = new RehearsalLedger();
  private final RehearsalLanes lanes =
      new RehearsalLanes(task, () -> NOW, new SplittableRandom(7), PlantedBug.NONE);
  private final List<Marker> marked = new ArrayList<>();
  private final List<LaneLog.Message> asked = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private final int[] taken = new int[LANES];
  private Instant now = NOW;
  private ReleaseStage stage;
  private ReleaseProcess leader;
  private TaskOpening opening;
  private PostgresOpenTimes times;

  @BeforeEach
  void start() {
    stage = ReleaseStage.open();
    leader =
        new ReleaseProcess(
            new ReleaseProcess.Surroundings(
                stage,
                DapRole.LEADER,
                ledger,
                (topic, key, value) -> asked.add(new LaneLog.Message(key, value)),
                (about, marker) -> lanes.mark(marker),
                () -> now,
                ReleasePoint.Probe.NONE),
            LANES);
    leader.setUp(
        new TaskDocument(
            Base64Url.encode(task.task.configuration().encoded()),
            task.terms,
            Base64Url.encode(task.seed)));
    var store = new PostgresTaskStore(leader.database);
    var tasks = new TaskBook(store);
    opening =
        new TaskOpening(
            leader.database,
            tasks,
            (about, marker) -> marked.add(marker),
            new LeaderBatches(
                leader.database,
                store,
                tasks,
                (about, marker) -> {},
                () -> now,
                new SecureRandom()),
            () -> now,
            nanos::get);
    times = new PostgresOpenTimes(leader.database, opening, nanos::get);
  }

  @AfterEach
  void stop() {
    leader.close();
    stage.close();
  }

  @Test
  void task_opensWhenItsMarkerCameBackFromEveryLane_andIsAskedForMoreSeldomUntilThen() {
    assertThat(refusal()).contains(Reason.TOO_EARLY);
    int seconds = 600;
    for (int i = 0; i < seconds; i++) {
      pass();
    }
    assertThat(marked.size()).isBetween(seconds / 60, seconds / 60 + 6);
    int before = marked.size();
    assertThat(refusal()).contains(Reason.TOO_EARLY);
    pass();
    pass();
    assertThat(marked).as("somebody wants to upload").hasSize(before + 1);

    lanes.mark(marked.getLast()); // the helper has the task now
    lanes.settle();
    leader.take(lanes.of(DapRole.LEADER).getFirst().told().getLast());
    pass();
    assertThat(refusal()).as("one lane of two").contains(Reason.TOO_EARLY);
    leader.take(lanes.of(DapRole.LEADER).getLast().told().getLast());
    pass();
    assertThat(refusal()).isEmpty();
    assertThat(opening.isOpen(task.task.id())).isTrue();
    int told = marked.size();
    for (int i = 0; i < seconds; i++) {
      pass();
    }
    assertThat(marked).hasSize(told);
  }

  @Test
  void task_thatIsOver_isAskedForNoMore() {
    now = NOW.plus(Duration.ofDays(365));
    for (int i = 0; i < 100; i++) {
      pass();
    }
    assertThat(marked).isEmpty();
  }

  @Test
  void whatComesWhileItsBatchIsCollected_mayComeAgain() {
    open();
    task.powersOfTwo(REPORTS, NOW).forEach(lanes::upload);
    lanes.settle();
    assertThat(refusal()).isEmpty();
    var id = leader.desk.begin(ReleaseProcess.collector(), task.task.id(), request).id();
    assertThat(refusal()).as("only counted").isEmpty();
    for (String state : List.of("CLOSING", "CHARGING", "ASKING")) {
      until(id, state);
      assertThat(refusal()).as(state).contains(Reason.TOO_EARLY);
      assertThat(times.refusal(task.task, hour - 1)).isEmpty();
    }
    step(); // asks the helper, which is away for an hour
    assertThat(refusal()).contains(Reason.TOO_EARLY);
    leader.hear(new LaneLog.Message(asked.getLast().key(), refusal("DAP_BATCH_MISMATCH")));
    step();
    assertThat(is(id, "FAILED")).isTrue();
    assertThat(refusal()).as("open again").isEmpty();
  }

  private Optional<Reason> refusal() {
    nanos.addAndGet(Duration.ofSeconds(2).toNanos()); // what is known is old
    return times.refusal(task.task, hour);
  }

  private void pass() {
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    opening.step();
  }

  private void open() {
    pass();
    lanes.mark(marked.getLast());
    lanes.settle();
    take();
    pass();
  }

  private void until(CollectionId id, String state) {
    for (int step = 0; step < 10 && !is(id, state); step++) {
      step();
    }
    assertThat(is(id, state)).as(state).isTrue();
  }

  private boolean is(CollectionId id, String state) {
    String sql =
        "select count(*) from leader.collections where collection_id = ? and state = '" + state;
    return stage.ask(DapRole.LEADER, sql + "'", id.value()) == 1;
  }

  private void step() {
    now = now.plusSeconds(5);
    leader.step();
    lanes.settle();
    take();
  }

  private void take() {
    for (int lane = 0; lane < LANES; lane++) {
      var told = lanes.of(DapRole.LEADER).get(lane).told();
      for (LaneShare share : told.subList(taken[lane], told.size())) {
        leader.take(share);
      }
      taken[lane] = told.size();
    }
  }

  private static byte[] refusal(String problem) {
    var name = Bytes.owning(problem.getBytes(StandardCharsets.US_ASCII));
    return new WireWriter().u8(1).v8(name).toBytes().toArray();
  }
}
