package dev.weir.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.collect.ReleasePoint;
import dev.weir.aggregation.rehearsal.ReleaseBug;
import dev.weir.aggregation.rehearsal.ReleaseHistory;
import dev.weir.aggregation.rehearsal.ReleaseStage;
import dev.weir.kernel.ProblemType;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A short version of {@code weir campaign aggregation}, on real databases. */
class ReleaseHistoryTest {
  private static final long SEED = 20_261_122;
  private static final int WANTED_KILLS = 25;
  private static final int MOST_PLANTED = 5;

  /** What collectors must have heard: too small or of one party, overlapping, counted otherwise. */
  private static final Set<ProblemType> WHY =
      EnumSet.of(
          ProblemType.DAP_INVALID_BATCH_SIZE,
          ProblemType.DAP_BATCH_OVERLAP,
          ProblemType.DAP_BATCH_MISMATCH);

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
    var refused = new EnumMap<ProblemType, Integer>(ProblemType.class);
    for (long seed = SEED; beforeCommit < WANTED_KILLS || refused.size() < WHY.size(); seed++) {
      try (var history = new ReleaseHistory(stage, seed, ReleaseBug.NONE)) {
        var verdict = history.play();
        assertThat(verdict.wrong()).as("seed %d", seed).isEmpty();
        assertThat(verdict.released()).as("batches").isLessThanOrEqualTo(1);
        assertThat((long) verdict.sharesSeen()).as("shares").isEqualTo(verdict.released());
        putAside += verdict.putAside();
        verdict.refused().forEach((type, count) -> refused.merge(type, count, Integer::sum));
        refused.keySet().retainAll(WHY);
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

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aPlantedBug_isFoundForWhatItIs(ReleaseBug bug) {
    Optional<String> found = Optional.empty();
    for (long seed = SEED; found.isEmpty() && seed < SEED + MOST_PLANTED; seed++) {
      try (var history = new ReleaseHistory(stage, seed, bug)) {
        found = history.play().wrong().filter(wrong -> wrong.contains(bug.told()));
      }
    }
    assertThat(found).isPresent();
  }
}
