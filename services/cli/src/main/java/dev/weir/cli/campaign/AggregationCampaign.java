package dev.weir.cli.campaign;

import dev.weir.aggregation.rehearsal.FaultHistory;
import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.dap.task.VdafConfiguration;
import java.io.PrintStream;

/**
 * Plays seeded fault histories of leader and helper, each to its end, and one in a hundred with a
 * planted bug, which must be found. Needs no stack.
 */
final class AggregationCampaign {
  private static final int PLANTED_OF = 100;
  private static final int TELL_EVERY = 100;

  private final long seed;
  private final int histories;
  private final PrintStream out;

  AggregationCampaign(long seed, int histories, PrintStream out) {
    this.seed = seed;
    this.histories = histories;
    this.out = out;
  }

  /** True when every history came out right and planted bugs were found. */
  boolean run() {
    var task =
        RehearsalTask.aTask()
            .vdaf(new VdafConfiguration.Sum((1L << 26) - 1))
            .lanes(2)
            .contributors(6, 1)
            .cap(1_000)
            .clock(FaultHistory.clock())
            .make();
    out.printf("campaign aggregation: seed %d, %d histories%n", seed, histories);
    long uploads = 0;
    long poisons = 0;
    long kills = 0;
    int planted = 0;
    int found = 0;
    for (int i = 1; i <= histories; i++) {
      var verdict = new FaultHistory(task, seed + i, false).play();
      if (verdict.wrong().isPresent()) {
        out.printf("wrong seed=%d: %s%n", seed + i, verdict.wrong().get());
        return false;
      }
      uploads += verdict.uploads();
      poisons += verdict.poisons();
      kills += verdict.kills();
      if (i % PLANTED_OF == 0 || i == histories) {
        planted++;
        found += new FaultHistory(task, seed + i, true).play().wrong().isPresent() ? 1 : 0;
      }
      if (i % TELL_EVERY == 0 || i == histories) {
        out.printf(
            "histories=%d uploads=%d poison=%d kills=%d wrong=0 planted=%d found=%d%n",
            i, uploads, poisons, kills, planted, found);
      }
    }
    return found > 0;
  }
}
