package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.collect.ReleasePoint;
import dev.weir.aggregation.rehearsal.RehearsalLedger.Mood;
import dev.weir.aggregation.task.TaskDocument;
import dev.weir.dap.DapRole;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.kernel.ProblemType;
import dev.weir.privacy.vdaf.Measurement;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * One seeded history of one collection, from the reports to the collector's sum, on real databases:
 * either aggregator is killed at any {@link ReleasePoint}, most often between the draw of its noise
 * and its commit; requests, answers and lanes' shares come late, twice or never; one message in ten
 * between the aggregators, or more, is such that nobody can read it; clocks jump; now and then one
 * side's policy refuses for a while. Collectors also ask for batches that are too small, or of one
 * party, or that overlap; now and then the sides have not counted the same. The contract's ledger
 * refuses for a while, is away, or charges and cannot say so. Confined.
 */
public final class ReleaseHistory implements AutoCloseable {
  static final int REPORTS = 6;
  private static final int PARTIES = 3;
  private static final int LANES = 2;
  private static final long NANO_RHO = 1_000_000_000;

  /** Two draws of σ below 2^25.5 each: further off than this once in 10^30 histories. */
  private static final BigInteger MOST_NOISE = BigInteger.ONE.shiftLeft(30);

  private static final int TURNS_AT_ONCE = 12;
  private static final Duration TICK = Duration.ofMillis(200);
  private static final int MOST_STEPS = 2_000;

  /** A ledger that is away, or refuses, again and again makes a history long. */
  private static final int MOST_STEPS_TO_END = 10_000;

  private static final int MOST_HEARD = 3;
  private static final int POISON_OF = 10;
  private static final int MOST_KILLS_BEFORE_COMMIT = 24;
  private static final int MOST_KILLS_ELSEWHERE = 6;
  private static final int KILLED_IN_PERCENT = 60;
  private static final Instant START = Instant.parse("2026-11-20T10:30:00Z");

  private static final long HOUR = START.getEpochSecond() / RehearsalTask.HOUR;
  private static final TimeInterval BATCH = new TimeInterval(HOUR, 1);

  /** Two reports, of two parties. */
  static final TimeInterval FEW = new TimeInterval(HOUR - 1, 1);

  /** Four reports, of one party. */
  static final TimeInterval LONELY = new TimeInterval(HOUR - 2, 1);

  /** The batch and the one before it; asked for once the batch was collected. */
  private static final TimeInterval WIDER = new TimeInterval(HOUR - 1, 2);

  private static final int DIFFERS_OF = 8;
  private static final int REFUSED_FOR_DIFFERENCE = 2;
  private static final int STEPS_AFTER = 40;

  /** The ledger's, as often as they come. */
  private static final List<Mood> MOODS =
      List.of(
          Mood.CHARGES,
          Mood.CHARGES,
          Mood.CHARGES,
          Mood.REFUSES,
          Mood.AWAY,
          Mood.AWAY_ONCE_IT_CHARGED);

  private static final int MOOD_LASTS = 20;

  private final ReleaseStage stage;
  private final SplittableRandom random;
  private final ReleaseBug bug;
  private final RehearsalTask rehearsal;
  private final RehearsalLanes lanes;
  private final LaneDifference difference;
  private final ReleaseOracle oracle;
  private final ReleaseSaboteur saboteur;
  private final ReleaseSide leader;
  private final ReleaseSide helper;
  private final RehearsalLedger ledger = new RehearsalLedger();
  private final PatientCollector collector;
  private final List<PatientCollector> greedy;
  private final BigInteger mostNoise;
  private final Map<ReleasePoint, Integer> kills = new EnumMap<>(ReleasePoint.class);
  private final Map<ProblemType, Integer> refused = new EnumMap<>(ProblemType.class);
  private Instant now = START;

  /**
   * @param seed of choices, keys and reports; noise and the order of databases' work follow none
   * @param bug what the aggregators do wrong, to see it found
   */
  public ReleaseHistory(ReleaseStage stage, long seed, ReleaseBug bug) {
    this.stage = stage;
    this.random = new SplittableRandom(seed);
    this.bug = bug;
    boolean planted = bug != ReleaseBug.NONE;
    boolean exact = !planted && random.nextInt(3) == 0;
    this.mostNoise = exact ? BigInteger.ZERO : MOST_NOISE;
    // each bug has parties of its own: histories of one seed may stand on one server
    long keys = seed * ReleaseBug.values().length + bug.ordinal();
    this.rehearsal = exact ? exactTask(keys) : task(keys);
    this.lanes = new RehearsalLanes(rehearsal, InstantSource.fixed(START), random, PlantedBug.NONE);
    boolean differs =
        planted ? bug == ReleaseBug.RELEASES_WHAT_DIFFERS : random.nextInt(DIFFERS_OF) == 0;
    this.difference = differs ? LaneDifference.random(random) : LaneDifference.none();
    this.oracle = new ReleaseOracle(stage, rehearsal, !exact);
    this.saboteur = new ReleaseSaboteur(bug, stage, rehearsal, oracle);
    this.collector = new PatientCollector(rehearsal.task.id(), BATCH);
    this.greedy =
        Stream.of(FEW, LONELY, WIDER)
            .map(batch -> new PatientCollector(rehearsal.task.id(), batch))
            .toList();
    this.leader = new ReleaseSide(stage, DapRole.LEADER, this);
    this.helper = new ReleaseSide(stage, DapRole.HELPER, this);
    var document =
        new TaskDocument(
            Base64Url.encode(rehearsal.task.configuration().encoded()),
            rehearsal.terms,
            Base64Url.encode(rehearsal.seed));
    leader.process().setUp(document);
    helper.process().setUp(document);
  }

  /** Noise that hides every report: two draws that should be one show. */
  private static RehearsalTask task(long keys) {
    return shape(keys).vdaf(new VdafConfiguration.Sum((1L << 26) - 1)).nanoRho(NANO_RHO).make();
  }

  /** Noise of σ below 1/20, which is none: what counts twice shows. */
  private static RehearsalTask exactTask(long keys) {
    return shape(keys)
        .vdaf(new VdafConfiguration.Sum((1L << REPORTS) - 1))
        .nanoRho(NANO_RHO * 1_000_000)
        .make();
  }

  private static RehearsalTask.Shape shape(long keys) {
    return RehearsalTask.aTask()
        .seed(keys)
        .lanes(LANES)
        .contributors(PARTIES, 2)
        .minBatch(3)
        .clock(InstantSource.fixed(START));
  }

  /**
   * What came of it.
   *
   * @param wrong what does not hold; empty when all is well
   * @param refused what the collectors heard, how often
   * @param putAside messages on the share topics that nobody could read
   * @param released batches of which a share left
   * @param sharesSeen the most different shares of one batch that one side has stored or let go
   */
  public record Verdict(
      Optional<String> wrong,
      Map<ReleasePoint, Integer> kills,
      Map<ProblemType, Integer> refused,
      int putAside,
      long released,
      int sharesSeen) {}

  /** Plays the history to its end and judges it. */
  public Verdict play() {
    upload();
    whoRefuses().ifPresent(side -> side.refuse(true));
    for (int step = 0; step < (hasBug() ? MOST_STEPS : MOST_STEPS_TO_END) && !hasEnded(); step++) {
      act();
    }
    if (collector.answer().isPresent()) {
      saboteur.collected(BATCH, collector.name(), lanes);
    }
    for (int step = 0; step < (hasBug() ? MOST_STEPS : STEPS_AFTER) && !isFound(); step++) {
      act();
    }
    now = START;
    if (!hasBug() || bug == ReleaseBug.KEEPS_THE_EXACT_SUMS) { // which breaks nothing else
      endWhatIsUnderWay();
    }
    var judge = new ReleaseJudge(stage, rehearsal, ledger, mostNoise);
    var wrong = oracle.wrong().or(() -> judge(judge));
    return new Verdict(
        wrong,
        kills,
        refused,
        leader.putAside() + helper.putAside(),
        oracle.batches(),
        judge.sharesSeen());
  }

  /** Nobody asks for anything more, and both have heard of all that the other refused. */
  private void endWhatIsUnderWay() {
    ledger.be(Mood.CHARGES);
    leader.refuse(false);
    helper.refuse(false);
    for (int step = 0; step < MOST_STEPS && isUnderWay(); step++) {
      now = now.plus(TICK);
      leader.step();
      helper.step();
      for (int turn = 0; turn < TURNS_AT_ONCE; turn++) {
        lanes.work();
      }
      leader.feed(lanes);
      helper.feed(lanes);
      leader.hear(helper.said());
      helper.hear(leader.said());
    }
  }

  private boolean isUnderWay() {
    return stage.underWay(rehearsal.task.id()) > 0 || !helper.hasHeardAll(leader.said());
  }

  private void upload() {
    rehearsal.powersOfTwo(REPORTS, START).forEach(lanes::upload);
    for (int i = 0; i < REPORTS; i++) {
      oracle.uploaded(HOUR, i % PARTIES);
    }
    for (int party : new int[] {0, 1}) {
      upload(FEW, party);
    }
    for (int i = 0; i < 4; i++) {
      upload(LONELY, 2);
    }
  }

  private void upload(TimeInterval of, int party) {
    var maker = rehearsal.maker(party, InstantSource.fixed(START));
    lanes.upload(maker.make(Measurement.number(1), of.start()));
    oracle.uploaded(of.start(), party);
  }

  private boolean hasBug() {
    return bug != ReleaseBug.NONE;
  }

  private boolean hasEnded() {
    return collector.answer().isPresent()
        || isFound()
        || difference.isAny()
            && refused.getOrDefault(ProblemType.DAP_BATCH_MISMATCH, 0) >= REFUSED_FOR_DIFFERENCE;
  }

  /** Asked in histories with a bug only: opening shares takes its time. */
  private boolean isFound() {
    return switch (bug) {
      case NONE -> false;
      case FORGETS_WHAT_IT_DREW, KEEPS_THE_EXACT_SUMS -> collector.answer().isPresent();
      case ASKS_BEFORE_IT_CHARGES,
          FORGETS_WHAT_IT_COLLECTED,
          RELEASES_WHAT_DIFFERS,
          RELEASES_TOO_FEW_REPORTS,
          RELEASES_TOO_FEW_PARTIES,
          SENDS_THE_EXACT_SHARE ->
          oracle.wrong().isPresent();
    };
  }

  /** Who forgets what it drew shows where the helper refuses at first. */
  private Optional<ReleaseSide> whoRefuses() {
    if (bug == ReleaseBug.FORGETS_WHAT_IT_DREW) {
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
    if (!hasBug() && random.nextInt(MOOD_LASTS) == 0) {
      ledger.be(MOODS.get(random.nextInt(MOODS.size())));
    }
    int chance = random.nextInt(17);
    if (chance == 16) {
      collect();
    } else if (chance < 1) {
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
      for (int message = random.nextInt(MOST_HEARD); message >= 0; message--) {
        leader.hear(helper.said());
        helper.hear(leader.said());
      }
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

  private void collect() {
    if (collector.answer().isEmpty() && random.nextBoolean()) {
      ask(collector);
      return;
    }
    var other = greedy.get(random.nextInt(greedy.size()));
    if (!other.batch().equals(WIDER) || collector.answer().isPresent()) {
      ask(other);
    }
  }

  private void ask(PatientCollector who) {
    if (who.answer().isPresent()) {
      return;
    }
    var refusal = who.ask(leader.process().desk);
    refusal.ifPresent(type -> refused.merge(type, 1, Integer::sum));
    if (refusal.equals(Optional.of(ProblemType.BUDGET_EXHAUSTED))) {
      oracle.notCharged(ledger.charged(rehearsal.terms.contractId()));
    }
    if (refusal.equals(Optional.of(ProblemType.POLICY_REFUSED))) {
      leader.refuse(false);
      helper.refuse(false);
    }
    who.answer()
        .ifPresent(answer -> oracle.answered(who.name(), who.batch(), who.request(), answer));
  }

  private Optional<String> judge(ReleaseJudge judge) {
    int atDesk =
        Stream.concat(Stream.of(collector), greedy.stream())
            .mapToInt(PatientCollector::refusedAtDesk)
            .sum();
    if (difference.isAny()) {
      boolean refusedIt = refused.containsKey(ProblemType.DAP_BATCH_MISMATCH);
      return refusedIt ? judge.refused(atDesk) : Optional.of("counts that differ were not refused");
    }
    if (collector.answer().isEmpty()) {
      return Optional.of("the collection never ended");
    }
    var again =
        leader
            .process()
            .desk
            .begin(ReleaseProcess.collector(), rehearsal.task.id(), collector.request());
    if (!again.answer().equals(collector.answer())) {
      return Optional.of("the same request got another answer");
    }
    return judge.judge(collector, helper.said(), atDesk).or(this::keptSums);
  }

  /** Once both aggregators have had their turn, nobody dies and all messages have come. */
  private Optional<String> keptSums() {
    while (stage.keptSums(rehearsal.task.id()) > 0) {
      leader.step();
      helper.step();
    }
    lanes.settle();
    for (DapRole side : new DapRole[] {DapRole.LEADER, DapRole.HELPER}) {
      if (lanes.of(side).stream().anyMatch(lane -> lane.holds(rehearsal.task.id(), HOUR))) {
        return Optional.of(
            "lanes of the " + ReleaseStage.name(side) + " keep the exact sum of a released batch");
      }
    }
    return Optional.empty();
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

  ReleaseOracle oracle() {
    return oracle;
  }

  ReleaseSaboteur saboteur() {
    return saboteur;
  }

  LaneDifference difference() {
    return difference;
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

  /** What is under way in the tables would go on in the next history. */
  @Override
  public void close() {
    leader.close();
    helper.close();
    stage.forget(DapRole.LEADER, rehearsal.task.id());
    stage.forget(DapRole.HELPER, rehearsal.task.id());
  }
}
