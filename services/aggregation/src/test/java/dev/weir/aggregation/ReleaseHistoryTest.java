package dev.weir.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.collect.ReleasePoint;
import dev.weir.aggregation.rehearsal.ReleaseHistory;
import dev.weir.aggregation.rehearsal.ReleaseStage;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A short version of {@code weir campaign aggregation}, on real databases. */
class ReleaseHistoryTest {
  private static final long SEED = 20_261_122;
  private static final int WANTED_KILLS = 25;
  private static final int MOST_PLANTED = 5;

  private static ReleaseStage stage;

  @BeforeAll
  static void start() {
    stage = ReleaseStage.open();
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  void whoeverDiesBetweenDrawAndCommit_oneNoisedShareIsEverSeen() {
    int beforeCommit = 0;
    int putAside = 0;
    for (long seed = SEED; beforeCommit < WANTED_KILLS; seed++) {
      try (var history = new ReleaseHistory(stage, seed, false)) {
        var verdict = history.play();
        assertThat(verdict.wrong()).as("seed %d", seed).isEmpty();
        putAside += verdict.putAside();
        beforeCommit +=
            verdict.kills().entrySet().stream()
                .filter(kill -> kill.getKey().isBeforeCommit())
                .mapToInt(Map.Entry<ReleasePoint, Integer>::getValue)
                .sum();
      }
    }
    assertThat(beforeCommit).isGreaterThanOrEqualTo(WANTED_KILLS);
    assertThat(putAside).as("of what nobody can read").isPositive();
  }

  @Test
  void aLedgerThatForgets_isFound() {
    boolean found = false;
    for (long seed = SEED; !found && seed < SEED + MOST_PLANTED; seed++) {
      try (var history = new ReleaseHistory(stage, seed, true)) {
        found = history.play().wrong().isPresent();
      }
    }
    assertThat(found).isTrue();
  }
}
