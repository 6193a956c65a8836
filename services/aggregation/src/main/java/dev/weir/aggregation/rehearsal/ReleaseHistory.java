package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.collect.CollectionDesk;
import dev.weir.aggregation.collect.CollectionId;
import dev.weir.aggregation.collect.ReleasePoint;
import dev.weir.aggregation.task.TaskDocument;
import dev.weir.dap.DapRole;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.CollectionJobResp;
import dev.weir.dap.collection.Query;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One seeded history of one collection, from the reports to the collector's sum, on real databases:
 * either aggregator is killed at any {@link ReleasePoint}, most often between the draw of its noise
 * and its commit; requests, answers and lanes' shares come late, twice or never; one message in ten
 * between the aggregators, or more, is such that nobody can read it; clocks jump; now and then one
 * side's policy refuses for a while. Confined.
 */
public final class ReleaseHistory implements AutoCloseable {
  static final int REPORTS = 6;
  private static final int LANES = 2;
  private static final long NANO_RHO = 1_000_000_000;

  /** Two draws of σ below 2^25.5 each: further off than this once in 10^30 histories. */
  private static final BigInteger MOST_NOISE = BigInteger.ONE.shiftLeft(30);

  private static final int TURNS_AT_ONCE = 12;
  private static final Duration TICK = Duration.ofMillis(200);
  private static final int MOST_STEPS = 2_000;
  private static final int POISON_OF = 10;
  private static final int MOST_KILLS_BEFORE_COMMIT = 24;
  private static final int MOST_KILLS_ELSEWHERE = 6;
  private static final int KILLED_IN_PERCENT = 60;
  private static final Instant START = Instant.parse("2026-11-20T10:30:00Z");

  private final SplittableRandom random;
  private final boolean planted;
  private final RehearsalTask rehearsal;
  private final RehearsalLanes lanes;
  private final ReleaseSide leader;
  private final ReleaseSide helper;
  private final ReleaseJudge judge;
  private final RehearsalLedger ledger = new RehearsalLedger();
  private final CollectionJobReq request;
  private final Map<ReleasePoint, Integer> kills = new EnumMap<>(ReleasePoint.class);
  private Instant now = START;
  private int refusals;
  private Optional<CollectionId> asked = Optional.empty();
  private Optional<CollectionJobResp> answer = Optional.empty();

  /**
   * @param planted whether aggregators forget what they drew for a batch that failed: a bug, to see
   *     it found; the helper then refuses at first, and the collector asks the leader again
   */
  public ReleaseHistory(ReleaseStage stage, long seed, boolean planted) {
    this.random = new SplittableRandom(seed);
    this.planted = planted;
    boolean exact = !planted && random.nextInt(3) == 0;
    this.rehearsal = exact ? exactTask() : task();
    this.lanes = new RehearsalLanes(rehearsal, InstantSource.fixed(START), random, PlantedBug.NONE);
    this.request =
        CollectionJobReq.of(new Query.OfInterval(new TimeInterval(rehearsal.hour(START), 1)));
    this.judge =
        new ReleaseJudge(stage, rehearsal, request, ledger, exact ? BigInteger.ZERO : MOST_NOISE);
    this.leader = new ReleaseSide(stage, DapRole.LEADER, this, planted);
    this.helper = new ReleaseSide(stage, DapRole.HELPER, this, planted);
    var document =
        new TaskDocument(
            Base64Url.encode(rehearsal.task.configuration().encoded()),
            rehearsal.terms,
            Base64Url.encode(rehearsal.seed));
    leader.process().setUp(document);
    helper.process().setUp(document);
  }

  /** Noise that hides every report: two draws that should be one show. */
  private static RehearsalTask task() {
    return shape().vdaf(new VdafConfiguration.Sum((1L << 26) - 1)).nanoRho(NANO_RHO).make();
  }

  /** Noise of σ below 1/20, which is none: what counts twice shows. */
  private static RehearsalTask exactTask() {
    return shape()
        .vdaf(new VdafConfiguration.Sum((1L << REPORTS) - 1))
        .nanoRho(NANO_RHO * 1_000_000)
        .make();
  }

  private static RehearsalTask.Shape shape() {
    return RehearsalTask.aTask()
        .lanes(LANES)
        .contributors(3, 2)
        .minBatch(3)
        .clock(InstantSource.fixed(START));
  }

  /**
   * What came of it.
   *
   * @param wrong what does not hold; empty when all is well
   * @param refusals collections that a policy refused, before the one that was answered
   * @param putAside messages on the share topics that nobody could read
   */
  public record Verdict(
      Optional<String> wrong, Map<ReleasePoint, Integer> kills, int refusals, int putAside) {}

  /** Plays the history to its end and judges it. */
  public Verdict play() {
    rehearsal.powersOfTwo(REPORTS, START).forEach(lanes::upload);
    whoRefuses().ifPresent(side -> side.refuse(true));
    for (int step = 0; step < MOST_STEPS && answer.isEmpty(); step++) {
      act();
    }
    return new Verdict(judge(), kills, refusals, leader.putAside() + helper.putAside());
  }

  private Optional<ReleaseSide> whoRefuses() {
    if (planted) {
      return Optional.of(helper);
    }
    return switch (random.nextInt(4)) {
      case 0 -> Optional.of(leader);
      case 1 -> Optional.of(helper);
      default -> Optional.empty();
    };
  }

  private void act() {
    now = now.plus(TICK);
    int chance = random.nextInt(16);
    if (chance < 1) {
      collect();
    } else if (chance < 5) {
      leader.step();
    } else if (chance < 9) {
      helper.step();
    } else if (chance < 11) {
      leader.feed(lanes);
      helper.feed(lanes);
    } else if (chance < 13) {
      if (random.nextInt(POISON_OF) == 0) {
        (random.nextBoolean() ? leader : helper).poison();
      }
      leader.hear(helper.said());
      helper.hear(leader.said());
    } else {
      for (int turn = 0; turn < TURNS_AT_ONCE; turn++) {
        lanes.work();
      }
      jump();
    }
  }

  private void jump() {
    if (random.nextInt(10) == 0) {
      now = START.plus(Duration.ofHours(random.nextInt(-24, 24)));
    }
  }

  /** What a patient collector does: asks, and asks again for what was refused. */
  private void collect() {
    var caller = ReleaseProcess.collector();
    try {
      var desk = leader.process().desk;
      CollectionDesk.Job job =
          asked.isPresent()
              ? desk.read(caller, rehearsal.task.id(), asked.get())
              : desk.begin(caller, rehearsal.task.id(), request);
      asked = Optional.of(job.id());
      answer = job.answer();
    } catch (ProblemException refused) {
      asked = Optional.empty();
      if (refused.type() == ProblemType.POLICY_REFUSED) {
        refusals++;
        leader.refuse(false);
        helper.refuse(false);
      }
    }
  }

  private Optional<String> judge() {
    if (answer.isEmpty()) {
      return Optional.of("the collection never ended");
    }
    var again =
        leader.process().desk.begin(ReleaseProcess.collector(), rehearsal.task.id(), request);
    return again.answer().equals(answer)
        ? judge.judge(answer.get(), helper.said())
        : Optional.of("the same request got another answer");
  }

  InstantSource clock() {
    return () -> now;
  }

  RehearsalLedger ledger() {
    return ledger;
  }

  RehearsalTask rehearsal() {
    return rehearsal;
  }

  RehearsalLanes lanes() {
    return lanes;
  }

  SplittableRandom random() {
    return random;
  }

  /** Whether an aggregator dies here; notes it. */
  boolean kills(ReleasePoint point) {
    int sofar =
        kills.entrySet().stream()
            .filter(kill -> kill.getKey().isBeforeCommit() == point.isBeforeCommit())
            .mapToInt(Map.Entry::getValue)
            .sum();
    int most = point.isBeforeCommit() ? MOST_KILLS_BEFORE_COMMIT : MOST_KILLS_ELSEWHERE;
    boolean dies = sofar < most && random.nextInt(100) < KILLED_IN_PERCENT;
    if (dies) {
      kills.merge(point, 1, Integer::sum);
    }
    return dies;
  }

  @Override
  public void close() {
    leader.close();
    helper.close();
  }
}
