package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.hpke.ShareOpener;
import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.stream.Carried;
import dev.weir.aggregation.stream.LaneKey;
import dev.weir.aggregation.stream.LaneParts;
import dev.weir.aggregation.stream.LaneStep;
import dev.weir.aggregation.stream.ReportFigures;
import dev.weir.aggregation.task.TaskBook;
import dev.weir.aggregation.verify.Reason;
import dev.weir.aggregation.verify.ReportRules;
import dev.weir.dap.DapRole;
import dev.weir.dap.report.Report;
import dev.weir.dap.wire.Bytes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * All lanes of leader and helper for one task, with the partitions between them, under kills and
 * outages. Confined.
 */
final class RehearsalLanes {
  private final RehearsalTask rehearsal;
  private final RandomGenerator random;
  private final LaneParts atLeader;
  private final LaneParts atHelper;
  private final LaneStep admission;
  private final LaneStep settlement;
  private final LaneStep helping;
  private final LaneStep ownWord;
  private final List<FaultyLane> leader = new ArrayList<>();
  private final List<FaultyLane> helper = new ArrayList<>();
  private final List<LaneLog> reports = new ArrayList<>();
  private final List<LaneLog> requests = new ArrayList<>();
  private final List<LaneLog> answers = new ArrayList<>();
  private final List<LaneLog> jobs = new ArrayList<>();
  private int leaderRests;
  private int helperRests;

  /**
   * @param planted what its lanes do wrong, to see it found
   */
  RehearsalLanes(
      RehearsalTask rehearsal, InstantSource clock, RandomGenerator random, PlantedBug planted) {
    this.rehearsal = rehearsal;
    this.random = random;
    this.atLeader = parts(rehearsal.leaderOpener, clock);
    this.atHelper = parts(rehearsal.helperOpener, clock);
    this.admission = LaneStep.admission(atLeader);
    this.settlement = LaneStep.settlement(atLeader);
    this.helping = LaneStep.helping(atHelper, RehearsalTask.LEADER);
    this.ownWord = LaneStep.helping(atHelper);
    for (int lane = 0; lane < rehearsal.task.lanes(); lane++) {
      leader.add(new FaultyLane(lane, random, planted));
      helper.add(new FaultyLane(lane, random, planted));
      reports.add(new LaneLog());
      requests.add(new LaneLog());
      answers.add(new LaneLog());
      jobs.add(new LaneLog());
    }
  }

  void upload(Report report) {
    var key = new LaneKey.OfReport(rehearsal.task.id(), report.metadata().id());
    reports
        .get(key.lane(rehearsal.task.lanes()))
        .append(key.encoded().toArray(), Carried.item(report).toArray());
  }

  /** Something that nobody can read, in a lane of either aggregator's. */
  void poison() {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    var key = new LaneKey.OfMarker(rehearsal.task.id(), Bytes.owning(new byte[16]), 0).encoded();
    var lanes =
        switch (random.nextInt(4)) {
          case 0 -> requests;
          case 1 -> answers;
          default -> reports;
        };
    lanes
        .get(random.nextInt(lanes.size()))
        .append(random.nextBoolean() ? bytes : key.toArray(), bytes);
  }

  /** As the leader marks them. */
  void mark(Marker marker) {
    mark(DapRole.LEADER, marker);
  }

  /** Through the side's own lanes. */
  void mark(DapRole side, Marker marker) {
    var lanes = side == DapRole.LEADER ? reports : jobs;
    for (int lane = 0; lane < lanes.size(); lane++) {
      var key = new LaneKey.OfMarker(rehearsal.task.id(), marker.collection(), lane);
      lanes.get(lane).append(key.encoded().toArray(), Carried.marker(marker).toArray());
    }
  }

  /** One side forgets what is too old by its clock. */
  void forget(DapRole side) {
    var parts = side == DapRole.LEADER ? atLeader : atHelper;
    of(side).forEach(lane -> lane.forget(parts));
  }

  /** From now on one side does nothing while the other is asked to work so many times. */
  void rest(DapRole side, int turns) {
    switch (side) {
      case LEADER -> leaderRests = turns;
      case HELPER -> helperRests = turns;
      case COLLECTOR, CLIENT -> throw new IllegalArgumentException("only aggregators have lanes");
    }
  }

  /** One transaction of one lane of one side, unless it rests. */
  void work() {
    int lane = random.nextInt(leader.size());
    leaderRests = Math.max(0, leaderRests - 1);
    helperRests = Math.max(0, helperRests - 1);
    switch (random.nextInt(3)) {
      case 0 ->
          run(leaderRests, leader.get(lane), admission, reports.get(lane), requests.get(lane));
      case 1 -> help(lane);
      default ->
          run(leaderRests, leader.get(lane), settlement, answers.get(lane), requests.get(lane));
    }
  }

  private void help(int lane) {
    if (jobs.get(lane).isDone()) {
      run(helperRests, helper.get(lane), helping, requests.get(lane), answers.get(lane));
    } else {
      run(helperRests, helper.get(lane), ownWord, jobs.get(lane), new LaneLog());
    }
  }

  private static void run(int rests, FaultyLane lane, LaneStep step, LaneLog in, LaneLog out) {
    if (rests == 0) {
      lane.run(step, in, out);
    }
  }

  /** Until everything that was sent is decided on. */
  void settle() {
    while (!isDone()) {
      work();
    }
  }

  boolean isDone() {
    return Stream.of(reports, requests, answers, jobs)
        .flatMap(List::stream)
        .allMatch(LaneLog::isDone);
  }

  List<FaultyLane> of(DapRole side) {
    return switch (side) {
      case LEADER -> leader;
      case HELPER -> helper;
      case COLLECTOR, CLIENT -> List.of();
    };
  }

  int kills() {
    return sum(FaultyLane::kills);
  }

  /** Times that messages from one side to the other came again. */
  int repetitions() {
    return sum(FaultyLane::repetitions);
  }

  private int sum(ToIntFunction<FaultyLane> figure) {
    return Stream.concat(leader.stream(), helper.stream()).mapToInt(figure).sum();
  }

  private LaneParts parts(ShareOpener opener, InstantSource clock) {
    var store = new OneTask(rehearsal.task);
    return new LaneParts(
        new TaskBook(store),
        store,
        new ReportRules(clock, rehearsal.signatures),
        opener,
        new Silent(),
        clock);
  }

  private record Silent() implements ReportFigures {
    @Override
    public void counted() {}

    @Override
    public void refused(Reason reason) {}

    @Override
    public void buried(String reason) {}

    @Override
    public void gap() {}
  }
}
