package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.lane.Bucket;
import dev.weir.aggregation.lane.LaneShare;
import dev.weir.aggregation.lane.Marker;
import dev.weir.dap.DapRole;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.id.BatchId;
import dev.weir.dap.report.Report;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.privacy.vdaf.AggregateShare;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * One seeded history of a summing task under faults: uploads that come twice, late or in another
 * order, messages between the sides that come again, one message in ten poison, clocks that jump,
 * either aggregator down for long, and killed between any two messages; uploads that come after
 * their batch was closed, and beginnings of batches told late. Each measurement is a power of two
 * of its own, so that a report that counts twice, or not, shows in the sum; each party has two
 * keys, and in every other history a report too many. Confined.
 */
public final class FaultHistory {
  private static final int REPORTS = 24;
  private static final int PARTIES = 3;
  private static final int KEYS_OF_EACH = 2;
  private static final int STEPS = 400;
  private static final int HOURS = 2;
  private static final int POISON_OF = 10;
  private static final int LONGEST_REST = 300;
  private static final int LEAST_LONG_REST = 100;
  private static final Duration LEAP = Duration.ofDays(30);
  private static final Instant START = Instant.parse("2026-11-20T10:30:00Z");

  private final RehearsalTask rehearsal;
  private final SplittableRandom random;
  private final RehearsalLanes lanes;
  private final List<Report> toCome;
  private final List<Report> beyond;
  private final List<Report> late;
  private final List<Report> underway = new ArrayList<>();
  private Instant now = START;
  private int uploads;
  private int poisons;
  private int outages;
  private int more;
  private int batches = 1;

  /** The same in batches that the leader selects, in which no party reaches its cap. */
  public static RehearsalTask.Shape selectedShape(long seed) {
    return shape(seed).leaderSelected().cap(REPORTS);
  }

  /**
   * A sum over two lanes from parties that have two keys each and reach their cap.
   *
   * @param seed of the keys and reports; which lane a party falls into follows them
   */
  public static RehearsalTask.Shape shape(long seed) {
    return RehearsalTask.aTask()
        .seed(seed)
        .vdaf(new VdafConfiguration.Sum((1L << 26) - 1))
        .lanes(2)
        .contributors(PARTIES * KEYS_OF_EACH, PARTIES)
        .keysOfEach(KEYS_OF_EACH)
        .cap(REPORTS / PARTIES / HOURS + 1)
        .clock(InstantSource.fixed(START));
  }

  /**
   * @param rehearsal made with {@link #shape} or {@link #selectedShape}; serves many histories
   * @param planted what the aggregators do wrong, to see it found
   */
  public FaultHistory(RehearsalTask rehearsal, long seed, PlantedBug planted) {
    this.rehearsal = rehearsal;
    this.random = new SplittableRandom(seed);
    this.lanes = new RehearsalLanes(rehearsal, () -> now, random, planted);
    this.toCome = new ArrayList<>(rehearsal.powersOfTwo(REPORTS, START, HOURS));
    this.beyond = rehearsal.twoMoreOfEachParty(START);
    this.late = rehearsal.oneOfEachHour(START, HOURS);
  }

  /**
   * What came of it.
   *
   * @param wrong what does not hold; empty when all is well
   * @param outages times that a side was down while the other worked on
   * @param repetitions times that messages from one side to the other came again
   */
  public record Verdict(
      Optional<String> wrong, int uploads, int poisons, int kills, int outages, int repetitions) {}

  /** Plays the history to its end and judges it. */
  public Verdict play() {
    boolean selected = !rehearsal.task.isByInterval();
    if (selected) {
      mark(Marker.Kind.BEGIN);
    }
    for (int step = 0; step < STEPS; step++) {
      act();
      if (selected && step == STEPS / 2) {
        batches++;
        mark(Marker.Kind.BEGIN);
      }
    }
    while (!toCome.isEmpty()) {
      make();
    }
    lanes.settle();
    now = START;
    underway.forEach(this::upload);
    lanes.settle();
    if (!selected && random.nextBoolean()) {
      beyondTheCap();
    }
    if (random.nextInt(3) > 0) { // otherwise nothing but the close keeps later reports out
      leap();
    }
    if (selected) {
      lanes.mark(marker(1, Marker.Kind.CLOSE));
      lanes.mark(marker(1, Marker.Kind.BEGIN)); // late
    }
    underway.forEach(this::upload);
    mark(Marker.Kind.CLOSE);
    lanes.settle();
    late.forEach(this::upload);
    mark(Marker.Kind.COUNT);
    lanes.settle();
    return new Verdict(judge(), uploads, poisons, lanes.kills(), outages, lanes.repetitions());
  }

  /** Two more of each party, of which the cap lets one in. */
  private void beyondTheCap() {
    beyond.forEach(this::upload);
    lanes.settle();
    more = PARTIES;
  }

  private void act() {
    int chance = random.nextInt(80);
    if (chance < 10) {
      make();
    } else if (chance < 11) {
      outage();
    } else if (chance < 20) {
      jump();
    } else if (chance < 28) {
      poison();
    } else if (chance < 40) {
      uploadOne();
    } else {
      lanes.work();
    }
  }

  private void make() {
    if (!toCome.isEmpty()) {
      underway.add(toCome.remove(random.nextInt(toCome.size())));
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
    lanes.upload(report);
    uploads++;
    if (random.nextInt(POISON_OF) == 0) {
      poison();
    }
  }

  private void poison() {
    lanes.poison();
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

  /** So far forward that either side, or both, forget what they marked; then back again. */
  private void leap() {
    int who = random.nextInt(3);
    now = START.plus(LEAP);
    if (who != 0) {
      lanes.forget(DapRole.LEADER);
    }
    if (who != 1) {
      lanes.forget(DapRole.HELPER);
    }
    now = START;
  }

  /** One side is down for long, and hours pass. */
  private void outage() {
    var side = random.nextBoolean() ? DapRole.LEADER : DapRole.HELPER;
    lanes.rest(side, random.nextInt(LEAST_LONG_REST, LONGEST_REST));
    now = START.plus(Duration.ofHours(1 + random.nextInt(6)));
    outages++;
  }

  /** About the newest batch. */
  private void mark(Marker.Kind kind) {
    lanes.mark(marker(batches, kind));
  }

  private Marker marker(int batch, Marker.Kind kind) {
    byte[] name = new byte[Marker.COLLECTION_LENGTH];
    name[0] = (byte) batch;
    BatchSelector selector =
        rehearsal.task.isByInterval()
            ? new BatchSelector.OfInterval(
                new TimeInterval(rehearsal.hour(START) + 1 - HOURS, HOURS))
            : new BatchSelector.OfBatch(new BatchId(Bytes.copyOf(name).sha256()));
    return new Marker(Bytes.owning(name), kind, selector);
  }

  private Optional<String> judge() {
    var leader = lanes.of(DapRole.LEADER);
    var helper = lanes.of(DapRole.HELPER);
    if (Stream.concat(leader.stream(), helper.stream())
        .anyMatch(lane -> closed(lane).size() != batches || counted(lane).size() != 1)) {
      return Optional.of("a lane told its share not exactly once");
    }
    Bucket atLeader = sum(leader);
    Bucket atHelper = sum(helper);
    if (atLeader.reports() != atHelper.reports()
        || !atLeader.checksum().equals(atHelper.checksum())) {
      return Optional.of("the two sides have not counted the same reports");
    }
    if (batches == 1
        && (parties(leader) != rehearsal.parties || parties(helper) != rehearsal.parties)) {
      return Optional.of("a side has not counted every party, and each once");
    }
    if (Stream.concat(leader.stream(), helper.stream())
        .anyMatch(lane -> !counted(lane).getFirst().sum().equals(closed(lane).getLast().sum()))) {
      return Optional.of("a report was added to a batch whose share had been told");
    }
    long told = leader.stream().mapToLong(lane -> refused(lane.told().getLast())).sum();
    int buried = Stream.concat(leader.stream(), helper.stream()).mapToInt(FaultyLane::buried).sum();
    if (atLeader.reports() + told != uploads || buried != poisons) {
      return Optional.of("an upload was neither counted nor refused, or was both");
    }
    return value(atLeader, atHelper).equals(expected())
        ? Optional.empty()
        : Optional.of("the sum is not that of all reports, each once");
  }

  /** What a lane told of closed batches, in their order. */
  private static List<LaneShare> closed(FaultyLane lane) {
    return of(lane, Marker.Kind.CLOSE);
  }

  private static List<LaneShare> counted(FaultyLane lane) {
    return of(lane, Marker.Kind.COUNT);
  }

  private static List<LaneShare> of(FaultyLane lane, Marker.Kind kind) {
    return lane.told().stream().filter(share -> share.marker().kind() == kind).toList();
  }

  /** Every report is uploaded at the end with the clock right: all count that the cap lets in. */
  private BigInteger expected() {
    return BigInteger.ONE.shiftLeft(REPORTS).add(BigInteger.valueOf(more - 1L));
  }

  private BigInteger value(Bucket atLeader, Bucket atHelper) {
    return rehearsal
        .task
        .vdaf()
        .unshard(
            List.of(
                AggregateShare.of(atLeader.share().toArray()),
                AggregateShare.of(atHelper.share().toArray())))
        .getFirst();
  }

  private Bucket sum(List<FaultyLane> of) {
    var sum = Bucket.EMPTY;
    for (FaultyLane lane : of) {
      for (LaneShare share : closed(lane)) {
        sum = sum.merge(rehearsal.task.vdaf(), share.sum());
      }
    }
    return sum;
  }

  private static long parties(List<FaultyLane> of) {
    return of.stream().mapToLong(lane -> closed(lane).getFirst().contributors()).sum();
  }

  private static long refused(LaneShare share) {
    return share.refusedOfTask().values().stream().mapToLong(Long::longValue).sum();
  }
}
