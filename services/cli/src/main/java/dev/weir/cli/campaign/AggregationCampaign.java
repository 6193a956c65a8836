package dev.weir.cli.campaign;

import dev.weir.aggregation.collect.ReleasePoint;
import dev.weir.aggregation.rehearsal.FaultHistory;
import dev.weir.aggregation.rehearsal.PlantedBug;
import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.aggregation.rehearsal.ReleaseHistory;
import dev.weir.aggregation.rehearsal.ReleaseStage;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Map;

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
  private static final int MOST_PLANTED = 5;

  /** A horizon that is not kept shows in one history of six. */
  private static final int FEW_PLANTED = 300;

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
      return releases(stage, Math.max(1, histories / KILLS_OF)) && findsForgetting(stage);
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
    int planted = 0;
    int found = 0;
    int forgetting = 0;
    for (int i = 1; i <= histories; i++) {
      var verdict =
          new FaultHistory(i % SELECTED_OF == 0 ? selected : task, seed + i, PlantedBug.NONE)
              .play();
      if (verdict.wrong().isPresent()) {
        out.printf("wrong seed=%d: %s%n", seed + i, verdict.wrong().get());
        return false;
      }
      uploads += verdict.uploads();
      poisons += verdict.poisons();
      kills += verdict.kills();
      outages += verdict.outages();
      repetitions += verdict.repetitions();
      if (i % PLANTED_OF == 0 || i == histories) {
        planted += 5;
        found += finds(task, seed + i, PlantedBug.DECIDES_ON_REPEATED);
        found += finds(task, seed + i, PlantedBug.KILL_UNDOES_NOTHING);
        forgetting += finds(task, seed + i, PlantedBug.ADMITS_WHAT_IS_CLOSED);
        forgetting += finds(task, seed + i, PlantedBug.NO_HORIZON_OF_FORGOTTEN);
        if (new FaultHistory(byKey, seed + i, PlantedBug.NONE).play().wrong().isEmpty()) {
          out.printf("wrong seed=%d: parties that were counted by key were not found%n", seed + i);
          return false;
        }
        found++;
      }
      if (i % TELL_EVERY == 0 || i == histories) {
        out.printf(
            "histories=%d uploads=%d poison=%d kills=%d outages=%d repeated=%d wrong=0 planted=%d found=%d%n",
            i, uploads, poisons, kills, outages, repetitions, planted, found + forgetting);
      }
    }
    return found > planted / 3 && (forgetting > 0 || planted < FEW_PLANTED);
  }

  private static int finds(RehearsalTask task, long seed, PlantedBug bug) {
    return new FaultHistory(task, seed, bug).play().wrong().isPresent() ? 1 : 0;
  }

  private boolean releases(ReleaseStage stage, int wanted) {
    var kills = new EnumMap<ReleasePoint, Integer>(ReleasePoint.class);
    int refusals = 0;
    int aside = 0;
    int played = 0;
    int told = 0;
    while (beforeCommit(kills) < wanted) {
      played++;
      try (var history = new ReleaseHistory(stage, seed + played, false)) {
        var verdict = history.play();
        if (verdict.wrong().isPresent()) {
          out.printf("wrong seed=%d: %s%n", seed + played, verdict.wrong().get());
          return false;
        }
        verdict.kills().forEach((point, count) -> kills.merge(point, count, Integer::sum));
        refusals += verdict.refusals();
        aside += verdict.putAside();
      }
      if (beforeCommit(kills) >= Math.min(wanted, told + TELL_KILLS_EVERY)) {
        told = beforeCommit(kills);
        out.printf(
            "collections=%d kills=%s beforeCommit=%d refusals=%d putAside=%d sharesSeen=1 wrong=0%n",
            played, kills, told, refusals, aside);
      }
    }
    return true;
  }

  /** A ledger that forgets shows where a collector asks again after a refusal. */
  private boolean findsForgetting(ReleaseStage stage) {
    for (int i = 1; i <= MOST_PLANTED; i++) {
      try (var history = new ReleaseHistory(stage, seed + i, true)) {
        var wrong = history.play().wrong();
        if (wrong.isPresent()) {
          out.printf("planted=%d found=1: %s%n", i, wrong.get());
          return true;
        }
      }
    }
    out.printf("planted=%d found=0%n", MOST_PLANTED);
    return false;
  }

  private static int beforeCommit(Map<ReleasePoint, Integer> kills) {
    return kills.entrySet().stream()
        .filter(kill -> kill.getKey().isBeforeCommit())
        .mapToInt(Map.Entry::getValue)
        .sum();
  }
}
