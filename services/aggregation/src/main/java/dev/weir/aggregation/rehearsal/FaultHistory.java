package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.hpke.ShareOpener;
import dev.weir.aggregation.lane.Bucket;
import dev.weir.aggregation.lane.LaneShare;
import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.stream.Carried;
import dev.weir.aggregation.stream.LaneKey;
import dev.weir.aggregation.stream.LaneParts;
import dev.weir.aggregation.stream.LaneStep;
import dev.weir.aggregation.stream.ReportFigures;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.TaskBook;
import dev.weir.aggregation.task.TaskStore;
import dev.weir.aggregation.verify.Reason;
import dev.weir.aggregation.verify.ReportRules;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.report.Report;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.wire.Bytes;
import dev.weir.privacy.vdaf.AggregateShare;
import dev.weir.privacy.vdaf.Measurement;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One seeded history of a summing task under faults: uploads that come twice, late or in another
 * order, poison, clocks that jump, and either aggregator killed between any two messages. Each
 * measurement is a power of two of its own, so that a report that counts twice, or not, shows in
 * the sum. Confined.
 */
public final class FaultHistory {
  private static final int REPORTS = 24;
  private static final int STEPS = 400;
  private static final int POISON_OF = 10;
  private static final Instant START = Instant.parse("2026-11-20T10:30:00Z");

  private final RehearsalTask rehearsal;
  private final SplittableRandom random;
  private final List<FaultyLane> leader = new ArrayList<>();
  private final List<FaultyLane> helper = new ArrayList<>();
  private final List<LaneLog> reports = new ArrayList<>();
  private final List<LaneLog> requests = new ArrayList<>();
  private final List<LaneLog> answers = new ArrayList<>();
  private final List<Report> underway = new ArrayList<>();
  private final LaneStep admission;
  private final LaneStep settlement;
  private final LaneStep helping;
  private Instant now = START;
  private int made;
  private int uploads;
  private int poisons;

  /** The clock at which {@link RehearsalTask}s for histories are made. */
  public static InstantSource clock() {
    return InstantSource.fixed(START);
  }

  /**
   * @param rehearsal a sum of at least 2^24 with two lanes or more; may serve many histories
   * @param planted whether the aggregators have a bug, to see it found
   */
  public FaultHistory(RehearsalTask rehearsal, long seed, boolean planted) {
    this.rehearsal = rehearsal;
    this.random = new SplittableRandom(seed);
    var atLeader = parts(rehearsal.leaderRing);
    this.admission = LaneStep.admission(atLeader);
    this.settlement = LaneStep.settlement(atLeader);
    this.helping = LaneStep.helping(parts(rehearsal.helperRing));
    for (int lane = 0; lane < rehearsal.task.lanes(); lane++) {
      leader.add(new FaultyLane(lane, random, planted));
      helper.add(new FaultyLane(lane, random, planted));
      reports.add(new LaneLog());
      requests.add(new LaneLog());
      answers.add(new LaneLog());
    }
  }

  /**
   * What came of it.
   *
   * @param wrong what does not hold; empty when all is well
   */
  public record Verdict(Optional<String> wrong, int uploads, int poisons, int kills) {}

  /** Plays the history to its end and judges it. */
  public Verdict play() {
    for (int step = 0; step < STEPS; step++) {
      act();
    }
    while (made < REPORTS) {
      make();
    }
    settle();
    now = START;
    underway.forEach(this::upload);
    mark();
    settle();
    int kills =
        leader.stream().mapToInt(FaultyLane::kills).sum()
            + helper.stream().mapToInt(FaultyLane::kills).sum();
    return new Verdict(judge(), uploads, poisons, kills);
  }

  /** Until everything that was sent is decided on. */
  private void settle() {
    while (!isDone()) {
      work();
    }
  }

  private void act() {
    switch (random.nextInt(8)) {
      case 0 -> make();
      case 1, 2 -> uploadOne();
      case 3 -> jump();
      case 4 -> poison();
      default -> work();
    }
  }

  private void make() {
    if (made < REPORTS) {
      int contributor = random.nextInt(rehearsal.signers.size());
      underway.add(
          rehearsal
              .maker(contributor, clock())
              .make(Measurement.number(1L << made), rehearsal.hour(START)));
      made++;
    }
  }

  /**
   * Any report under way, also one that was uploaded before; now and then it is lost on the way.
   */
  private void uploadOne() {
    if (!underway.isEmpty() && random.nextInt(5) > 0) {
      upload(underway.get(random.nextInt(underway.size())));
    }
  }

  private void upload(Report report) {
    var key = new LaneKey.OfReport(rehearsal.task.id(), report.metadata().id());
    reports
        .get(key.lane(rehearsal.task.lanes()))
        .append(key.encoded().toArray(), Carried.item(report).toArray());
    uploads++;
    if (random.nextInt(POISON_OF) == 0) {
      poison();
    }
  }

  private void poison() {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    var key = new LaneKey.OfMarker(rehearsal.task.id(), Bytes.owning(new byte[16]), 0).encoded();
    reports
        .get(random.nextInt(reports.size()))
        .append(random.nextBoolean() ? bytes : key.toArray(), bytes);
    poisons++;
  }

  /** Forward by hours or back by a day: reports are refused meanwhile, and come again. */
  private void jump() {
    now =
        switch (random.nextInt(3)) {
          case 0 -> START.plus(Duration.ofHours(random.nextInt(24)));
          case 1 -> START.minus(Duration.ofHours(24));
          default -> START;
        };
  }

  private void work() {
    int lane = random.nextInt(leader.size());
    switch (random.nextInt(3)) {
      case 0 -> leader.get(lane).run(admission, reports.get(lane), requests.get(lane));
      case 1 -> helper.get(lane).run(helping, requests.get(lane), answers.get(lane));
      default -> leader.get(lane).run(settlement, answers.get(lane), requests.get(lane));
    }
  }

  private void mark() {
    var interval = new TimeInterval(rehearsal.hour(START), 1);
    var marker =
        new Marker(
            Bytes.owning(new byte[Marker.COLLECTION_LENGTH]),
            Marker.Kind.CLOSE,
            new BatchSelector.OfInterval(interval));
    for (int lane = 0; lane < reports.size(); lane++) {
      var key = new LaneKey.OfMarker(rehearsal.task.id(), marker.collection(), lane);
      reports.get(lane).append(key.encoded().toArray(), Carried.marker(marker).toArray());
    }
  }

  private boolean isDone() {
    return reports.stream().allMatch(LaneLog::isDone)
        && requests.stream().allMatch(LaneLog::isDone)
        && answers.stream().allMatch(LaneLog::isDone);
  }

  private Optional<String> judge() {
    if (leader.stream().anyMatch(lane -> lane.told().size() != 1)
        || helper.stream().anyMatch(lane -> lane.told().size() != 1)) {
      return Optional.of("a lane told its share not exactly once");
    }
    Bucket atLeader = sum(leader);
    Bucket atHelper = sum(helper);
    if (atLeader.reports() != atHelper.reports()
        || !atLeader.checksum().equals(atHelper.checksum())) {
      return Optional.of("the two sides have not counted the same reports");
    }
    long told = leader.stream().mapToLong(lane -> refused(lane.told().getFirst())).sum();
    int buried = leader.stream().mapToInt(FaultyLane::buried).sum();
    if (atLeader.reports() + told != uploads || buried != poisons) {
      return Optional.of("an upload was neither counted nor refused, or was both");
    }
    return value(atLeader, atHelper).equals(expected())
        ? Optional.empty()
        : Optional.of("the sum is not that of all reports, each once");
  }

  /** Every report is uploaded at the end with the clock right: all of them count. */
  private static BigInteger expected() {
    return BigInteger.ONE.shiftLeft(REPORTS).subtract(BigInteger.ONE);
  }

  private BigInteger value(Bucket atLeader, Bucket atHelper) {
    return rehearsal
        .task
        .prio3()
        .unshard(
            List.of(
                AggregateShare.of(atLeader.share().toArray()),
                AggregateShare.of(atHelper.share().toArray())))
        .getFirst();
  }

  private Bucket sum(List<FaultyLane> lanes) {
    var sum = Bucket.EMPTY;
    for (FaultyLane lane : lanes) {
      sum = sum.merge(rehearsal.task.prio3(), lane.told().getFirst().sum());
    }
    return sum;
  }

  private static long refused(LaneShare share) {
    return share.refused().values().stream().mapToLong(Long::longValue).sum();
  }

  private LaneParts parts(ShareOpener opener) {
    InstantSource clock = () -> now;
    var store = new OneTask(rehearsal.task);
    return new LaneParts(
        new TaskBook(store), store, new ReportRules(clock), opener, new Silent(), clock);
  }

  private record OneTask(AggregationTask task) implements TaskStore {
    @Override
    public Optional<AggregationTask> find(TaskId id) {
      return Optional.of(task).filter(it -> it.id().equals(id));
    }

    @Override
    public List<TaskId> all() {
      return List.of(task.id());
    }
  }

  private record Silent() implements ReportFigures {
    @Override
    public void counted() {}

    @Override
    public void refused(Reason reason) {}
  }
}
