package dev.weir.cli.campaign;

import dev.weir.aggregation.rehearsal.FaultHistory;
import dev.weir.aggregation.rehearsal.PlantedBug;
import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.aggregation.rehearsal.ReleaseBug;
import dev.weir.aggregation.rehearsal.ReleaseHistory;
import dev.weir.aggregation.rehearsal.ReleaseStage;
import java.io.PrintStream;

/**
 * Plays seeded fault histories of leader and helper, each to its end. First of reports in lanes,
 * then of collections on real databases until so many kills fell between the draw of noise and its
 * commit. Some have a planted bug, which must be found. Needs no stack.
 */
final class AggregationCampaign {
  private static final int SELECTED_OF = 3;
  private static final int PLANTED_OF = 100;
  private static final int TELL_EVERY = 500;
  private static final int KILLS_OF = 10;
  private static final int TELL_KILLS_EVERY = 100;
  private static final int MOST_PLANTED = 10;
  private static final int MOST_SOUGHT = 60;

  private final long seed;
  private final int histories;
  private final PrintStream out;

  /**
   * @param histories of reports; one kill for ten of them falls between draw and commit
   */
  AggregationCampaign(long seed, int histories, PrintStream out) {
    this.seed = seed;
    this.histories = histories;
    this.out = out;
  }

  /** True when every history came out right and planted bugs were found. */
  boolean run() {
    out.printf("campaign aggregation: seed %d, %d histories%n", seed, histories);
    if (!reports()) {
      return false;
    }
    try (var stage = ReleaseStage.open()) {
      return releases(stage, Math.max(1, histories / KILLS_OF)) && findsEveryBug(stage);
    }
  }

  private boolean reports() {
    var task = FaultHistory.shape(seed).make();
    var selected = FaultHistory.selectedShape(seed).make();
    var byKey = FaultHistory.shape(seed).everyKeyAParty().make();
    long uploads = 0;
    long poisons = 0;
    long kills = 0;
    long outages = 0;
    long repetitions = 0;
    int wrong = 0;
    var planted = new PlantedFigures();
    for (int i = 1; i <= histories && wrong == 0; i++) {
      var verdict =
          new FaultHistory(i % SELECTED_OF == 0 ? selected : task, seed + i, PlantedBug.NONE)
              .play();
      if (verdict.wrong().isPresent()) {
        wrong++;
        out.printf("wrong seed=%d: %s%n", seed + i, verdict.wrong().get());
      }
      uploads += verdict.uploads();
      poisons += verdict.poisons();
      kills += verdict.kills();
      outages += verdict.outages();
      repetitions += verdict.repetitions();
      if (i % PLANTED_OF == 0 || i == histories) {
        plant(planted, task, seed + i);
        if (new FaultHistory(byKey, seed + i, PlantedBug.NONE).play().wrong().isEmpty()) {
          out.printf("wrong seed=%d: parties that were counted by key were not found%n", seed + i);
          return false;
        }
      }
      for (int more = 1; i == histories && more < MOST_SOUGHT && !planted.isEachFound(); more++) {
        plant(planted, task, seed + i + more); // some show in one of six histories only
      }
      if (i % TELL_EVERY == 0 || i == histories || wrong > 0) {
        out.printf(
            "histories=%d uploads=%d poison=%d kills=%d outages=%d repeated=%d wrong=%d %s%n",
            i, uploads, poisons, kills, outages, repetitions, wrong, planted);
      }
    }
    return wrong == 0 && planted.areFound();
  }

  private static void plant(PlantedFigures planted, RehearsalTask task, long seed) {
    planted.play(bug -> new FaultHistory(task, seed, bug).play().wrong().isPresent());
  }

  private boolean releases(ReleaseStage stage, int wanted) {
    var sums = new ReleaseFigures();
    int told = 0;
    while (sums.beforeCommit() < wanted && sums.wrong() == 0) {
      long played = seed + sums.played() + 1;
      try (var history = new ReleaseHistory(stage, played, ReleaseBug.NONE)) {
        var verdict = history.play();
        sums.add(verdict);
        verdict.wrong().ifPresent(wrong -> out.printf("wrong seed=%d: %s%n", played, wrong));
      }
      if (sums.wrong() > 0 || sums.beforeCommit() >= Math.min(wanted, told + TELL_KILLS_EVERY)) {
        told = sums.beforeCommit();
        out.println(sums);
      }
    }
    return sums.wrong() == 0;
  }

  /** Each for what it is; some show only where a collector asks again after a refusal. */
  private boolean findsEveryBug(ReleaseStage stage) {
    int planted = 0;
    int found = 0;
    for (ReleaseBug bug : ReleaseBug.values()) {
      if (bug != ReleaseBug.NONE) {
        planted++;
        found += finds(stage, bug) ? 1 : 0;
      }
    }
    out.printf("planted=%d found=%d%n", planted, found);
    return found == planted;
  }

  /** A history in which the bug shows as something else, too, is not one that finds it. */
  private boolean finds(ReleaseStage stage, ReleaseBug bug) {
    for (int i = 1; i <= MOST_PLANTED; i++) {
      try (var history = new ReleaseHistory(stage, seed + i, bug)) {
        var wrong = history.play().wrong().filter(told -> told.contains(bug.told()));
        if (wrong.isPresent()) {
          out.printf("planted %s, found after %d: %s%n", bug, i, wrong.get());
          return true;
        }
      }
    }
    out.printf("planted %s, not found%n", bug);
    return false;
  }
}
