package dev.weir.cli.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.rehearsal.PlantedBug;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A bug that is never found is not made up for by others that always are. */
class PlantedFiguresTest {
  @Test
  void eachBug_isFoundForItself() {
    assertThat(figures(PlantedBug.NONE).areFound()).isTrue();
    Arrays.stream(PlantedBug.values())
        .filter(bug -> bug != PlantedBug.NONE)
        .forEach(missed -> {
          var figures = figures(missed);
          assertThat(figures.areFound()).as("%s", missed).isFalse();
          assertThat(figures.toString()).contains(missed + "=0/100");
        });
  }

  @Test
  void bugThatWasNeverFound_isSoughtOn_andOnceIsEnoughOfFewRounds() {
    var figures = new PlantedFigures();
    figures.play(bug -> false);
    assertThat(figures.isEachFound()).isFalse();
    assertThat(figures.areFound()).isFalse();
    figures.play(bug -> true);
    assertThat(figures.isEachFound()).isTrue();
    assertThat(figures.areFound()).isTrue();
  }

  private static PlantedFigures figures(PlantedBug missed) {
    var figures = new PlantedFigures();
    for (int round = 0; round < 100; round++) {
      figures.play(bug -> bug != missed);
    }
    return figures;
  }
}
