package dev.weir.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.rehearsal.FaultHistory;
import dev.weir.aggregation.rehearsal.PlantedBug;
import dev.weir.aggregation.rehearsal.RehearsalTask;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A short version of {@code weir campaign aggregation}. */
class FaultHistoryTest {
  private static final int HISTORIES = 150;
  private static final long SEED = 20_261_122;

  private final RehearsalTask task = FaultHistory.shape(SEED).make();
  private final RehearsalTask selected = FaultHistory.selectedShape(SEED).make();

  @Test
  void whateverGoesWrong_eachReportCountsOnceAtBoth() {
    int kills = 0;
    int poisons = 0;
    int outages = 0;
    int repetitions = 0;
    for (int i = 0; i < HISTORIES; i++) {
      var verdict =
          new FaultHistory(i % 3 == 0 ? selected : task, SEED + i, PlantedBug.NONE).play();
      assertThat(verdict.wrong()).as("seed %d", SEED + i).isEmpty();
      kills += verdict.kills();
      poisons += verdict.poisons();
      outages += verdict.outages();
      repetitions += verdict.repetitions();
    }
    assertThat(kills).isGreaterThan(HISTORIES);
    assertThat(poisons).isGreaterThan(HISTORIES);
    assertThat(outages).isGreaterThan(HISTORIES);
    assertThat(repetitions).isGreaterThan(HISTORIES);
  }

  @Test
  void theSameSeed_playsTheSameHistory() {
    var again = FaultHistory.shape(SEED).make();
    assertThat(again.task.id()).isEqualTo(task.task.id());
    for (int i = 0; i < 3; i++) {
      var bug = PlantedBug.ADMITS_WHAT_IS_CLOSED;
      assertThat(new FaultHistory(again, SEED + i, bug).play())
          .isEqualTo(new FaultHistory(task, SEED + i, bug).play());
    }
    assertThat(FaultHistory.shape(SEED + 1).make().task.id()).isNotEqualTo(task.task.id());
  }

  @Test
  void decidingAgainOnWhatIsRepeated_isFound() {
    int found = 0;
    for (int i = 0; i < HISTORIES / 3; i++) {
      var bug = PlantedBug.DECIDES_ON_REPEATED;
      found += new FaultHistory(task, SEED + i, bug).play().wrong().isPresent() ? 1 : 0;
    }
    assertThat(found).isGreaterThan(HISTORIES / 6);
  }

  /** Each history has parties that reach their cap with two keys, so that none can miss it. */
  @Test
  void countingByKey_isFoundInEveryHistory() {
    var byKey = FaultHistory.shape(SEED).everyKeyAParty().make();
    for (int i = 0; i < HISTORIES / 10; i++) {
      assertThat(new FaultHistory(byKey, SEED + i, PlantedBug.NONE).play().wrong())
          .as("seed %d", SEED + i)
          .isPresent();
    }
  }

  /** Shows where both sides forgot and the cap still had room: one history in six. */
  @Test
  void aHorizonThatIsNotKept_isFound() {
    int found = 0;
    for (int i = 0; i < HISTORIES; i++) {
      var bug = PlantedBug.NO_HORIZON_OF_FORGOTTEN;
      found += new FaultHistory(task, SEED + i, bug).play().wrong().isPresent() ? 1 : 0;
    }
    assertThat(found).isGreaterThan(HISTORIES / 15);
  }

  /** Shows in a third of them; in a fifth where the parties' lanes, which follow keys, fall so. */
  @Test
  void aBatchThatDoesNotStayClosed_isFound() {
    for (RehearsalTask each : List.of(task, selected)) {
      int found = 0;
      for (int i = 0; i < HISTORIES / 3; i++) {
        var bug = PlantedBug.ADMITS_WHAT_IS_CLOSED;
        found += new FaultHistory(each, SEED + i, bug).play().wrong().isPresent() ? 1 : 0;
      }
      assertThat(found).isGreaterThan(HISTORIES / 30);
    }
  }

  @Test
  void aKillThatUndoesNothing_isFound() {
    int found = 0;
    for (int i = 0; i < HISTORIES; i++) {
      if (new FaultHistory(task, SEED + i, PlantedBug.KILL_UNDOES_NOTHING)
          .play()
          .wrong()
          .isPresent()) {
        found++;
      }
    }
    assertThat(found).isGreaterThan(HISTORIES / 2);
  }
}
