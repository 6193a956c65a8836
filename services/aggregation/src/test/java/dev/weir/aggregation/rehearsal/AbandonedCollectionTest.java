package dev.weir.aggregation.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.collect.CollectionId;
import dev.weir.aggregation.collect.ReleasePoint;
import dev.weir.aggregation.lane.LaneShare;
import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.task.TaskDocument;
import dev.weir.dap.DapRole;
import dev.weir.dap.collection.AggregateShareReq;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.Query;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A collector that gives a collection up, wherever the leader is with it. */
class AbandonedCollectionTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:30:00Z");
  private static final long RHO = 1_000_000_000;
  private static final int LANES = 2;
  private static final int REPORTS = 6;

  private static ReleaseStage stage;

  private final RehearsalTask task =
      RehearsalTask.aTask()
          .vdaf(new VdafConfiguration.Sum((1L << 26) - 1))
          .lanes(LANES)
          .contributors(3, 2)
          .minBatch(3)
          .nanoRho(RHO)
          .clock(InstantSource.fixed(NOW))
          .make();
  private final CollectionJobReq request =
      CollectionJobReq.of(new Query.OfInterval(new TimeInterval(task.hour(NOW), 1)));
  private final RehearsalLedger ledger = new RehearsalLedger();
  private final RehearsalLanes lanes =
      new RehearsalLanes(task, () -> NOW, new SplittableRandom(7), PlantedBug.NONE);
  private final List<Marker.Kind> marked = new ArrayList<>();
  private final List<LaneLog.Message> asked = new ArrayList<>();
  private final int[] taken = new int[LANES];
  private boolean ledgerIsAway;
  private Instant now = NOW;
  private ReleaseProcess leader;

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
    leader =
        new ReleaseProcess(
            new ReleaseProcess.Surroundings(
                stage,
                DapRole.LEADER,
                charge -> {
                  if (ledgerIsAway) {
                    throw new ProblemException(ProblemType.UNAVAILABLE, "The ledger is away.");
                  }
                  return ledger.charge(charge);
                },
                this::sent,
                (about, marker) -> {
                  if (about.id().equals(task.task.id())) { // other tests left theirs behind
                    marked.add(marker.kind());
                    lanes.mark(marker);
                  }
                },
                () -> now,
                ReleasePoint.Probe.NONE),
            LANES);
    leader.setUp(
        new TaskDocument(
            Base64Url.encode(task.task.configuration().encoded()),
            task.terms,
            Base64Url.encode(task.seed)));
    task.powersOfTwo(REPORTS, NOW).forEach(lanes::upload);
    lanes.settle();
  }

  @AfterEach
  void stop() {
    leader.close();
  }

  /** A refusal of the leader's begins with zero: it is told, and asks for nothing. */
  private void sent(String topic, byte[] key, byte[] value) {
    var own = task.task.id().bytes().toArray();
    if (value[0] != 0 && Arrays.mismatch(own, key) == own.length) {
      asked.add(new LaneLog.Message(key, value));
    }
  }

  @Test
  void abandonedWhileItsReportsAreCounted_endsAndClosesNothing() {
    var id = begin();
    abandon(id);
    untilQuiet();
    assertThat(state(id)).isEqualTo("FAILED");
    assertThat(marked).doesNotContain(Marker.Kind.CLOSE);
    assertNothingWasSpent();
    assertThat(begin()).as("the same request").isNotEqualTo(id);
  }

  @Test
  void abandonedWhileItsBatchIsClosed_opensItAgainAndChargesNothing() {
    var id = begin();
    until(id, "CLOSING");
    step();
    abandon(id);
    untilQuiet();
    assertThat(state(id)).isEqualTo("FAILED");
    assertThat(marked).endsWith(Marker.Kind.CLOSE, Marker.Kind.REOPEN);
    assertNothingWasSpent();
  }

  @Test
  void abandonedBeforeAnyLedgerHeardOfIt_chargesNothing() {
    var id = begin();
    until(id, "CHARGING");
    abandon(id);
    untilQuiet();
    assertThat(state(id)).isEqualTo("FAILED");
    assertThat(marked).endsWith(Marker.Kind.REOPEN);
    assertNothingWasSpent();
  }

  @Test
  void abandonedAfterTheLedgerWasAsked_keepsWhatWasDrawn_forTheNextOne() {
    var id = begin();
    until(id, "CHARGING");
    ledgerIsAway = true;
    assertThat(catchStep()).hasValue(ProblemType.UNAVAILABLE);
    abandon(id);
    ledgerIsAway = false;
    untilQuiet();
    assertThat(state(id)).isEqualTo("FAILED");
    assertThat(asked).isEmpty();
    assertThat(charged()).as("drawn once").isEqualTo(RHO);
    var next = begin();
    until(next, "ASKING");
    assertThat(charged()).as("and never again").isEqualTo(RHO);
    assertThat(ledger.charged(task.terms.contractId())).isEqualTo(RHO);
  }

  @Test
  void abandonedBeforeTheHelperWasAsked_asksNobody() {
    var id = begin();
    until(id, "ASKING");
    abandon(id);
    untilQuiet();
    assertThat(state(id)).isEqualTo("FAILED");
    assertThat(asked).isEmpty();
    assertThat(marked).endsWith(Marker.Kind.REOPEN);
    assertThat(begin()).as("the same request").isNotEqualTo(id);
  }

  @Test
  void abandonedAfterTheHelperWasAsked_endsWithItsAnswer() {
    var id = begin();
    until(id, "ASKING");
    step();
    abandon(id);
    var request = asked.getLast();
    assertThat(WireReader.whole(request.value(), AggregateShareReq::read).reports())
        .isEqualTo(REPORTS);
    leader.hear(new LaneLog.Message(request.key(), refusal("DAP_BATCH_MISMATCH")));
    asked.clear();
    untilQuiet();
    assertThat(state(id)).isEqualTo("FAILED");
    assertThat(asked).as("asked after the answer").isEmpty();
    assertThat(marked).endsWith(Marker.Kind.REOPEN);
  }

  private CollectionId begin() {
    return leader.desk.begin(ReleaseProcess.collector(), task.task.id(), request).id();
  }

  private void abandon(CollectionId id) {
    leader.desk.abandon(ReleaseProcess.collector(), task.task.id(), id);
  }

  private void until(CollectionId id, String state) {
    for (int step = 0; step < 10 && !state(id).equals(state); step++) {
      step();
    }
    assertThat(state(id)).isEqualTo(state);
  }

  private void untilQuiet() {
    for (int step = 0; step < 5; step++) {
      step();
    }
  }

  /** What was sent is sent again if nobody answers; lanes answer at once. */
  private void step() {
    now = now.plusSeconds(5);
    leader.step();
    lanes.settle();
    for (int lane = 0; lane < LANES; lane++) {
      var told = lanes.of(DapRole.LEADER).get(lane).told();
      for (LaneShare share : told.subList(taken[lane], told.size())) {
        leader.take(share);
      }
      taken[lane] = told.size();
    }
  }

  private Optional<ProblemType> catchStep() {
    try {
      step();
      return Optional.empty();
    } catch (ProblemException e) {
      return Optional.of(e.type());
    }
  }

  private void assertNothingWasSpent() {
    assertThat(charged()).isZero();
    assertThat(ledger.charged(task.terms.contractId())).isZero();
    assertThat(asked).isEmpty();
  }

  private long charged() {
    return stage.ask(
        DapRole.LEADER,
        "select coalesce(sum(nano_rho), 0)::bigint from leader.releases where contract_id = ?",
        task.terms.contractId().value());
  }

  private static String state(CollectionId id) {
    for (String state :
        List.of("COUNTING", "CLOSING", "CHARGING", "ASKING", "REOPENING", "DONE", "FAILED")) {
      String sql =
          "select count(*) from leader.collections where collection_id = ? and state = '" + state;
      if (stage.ask(DapRole.LEADER, sql + "'", id.value()) == 1) {
        return state;
      }
    }
    return "";
  }

  private static byte[] refusal(String problem) {
    var name = Bytes.owning(problem.getBytes(StandardCharsets.US_ASCII));
    return new WireWriter().u8(1).v8(name).toBytes().toArray();
  }
}
