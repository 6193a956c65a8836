package dev.weir.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.rehearsal.FaultHistory;
import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.dap.task.VdafConfiguration;
import org.junit.jupiter.api.Test;

/** A short version of {@code weir campaign aggregation}. */
class FaultHistoryTest {
  private static final int HISTORIES = 150;
  private static final long SEED = 20_261_122;

  private final RehearsalTask task =
      RehearsalTask.aTask()
          .vdaf(new VdafConfiguration.Sum((1L << 26) - 1))
          .lanes(2)
          .contributors(6, 1)
          .cap(1_000)
          .clock(FaultHistory.clock())
          .make();

  @Test
  void whateverGoesWrong_eachReportCountsOnceAtBoth() {
    int kills = 0;
    int poisons = 0;
    int outages = 0;
    for (int i = 0; i < HISTORIES; i++) {
      var verdict = new FaultHistory(task, SEED + i, false).play();
      assertThat(verdict.wrong()).as("seed %d", SEED + i).isEmpty();
      kills += verdict.kills();
      poisons += verdict.poisons();
      outages += verdict.outages();
    }
    assertThat(kills).isGreaterThan(HISTORIES);
    assertThat(poisons).isGreaterThan(HISTORIES);
    assertThat(outages).isGreaterThan(HISTORIES);
  }

  @Test
  void aKillThatUndoesNothing_isFound() {
    int found = 0;
    for (int i = 0; i < HISTORIES; i++) {
      if (new FaultHistory(task, SEED + i, true).play().wrong().isPresent()) {
        found++;
      }
    }
    assertThat(found).isGreaterThan(HISTORIES / 2);
  }
}
