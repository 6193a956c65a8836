package dev.weir.query.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PublishedCellsTest {

  @Test
  void tiles_bringBackEveryCell() {
    var random = new Random(7);
    var cells = new PublishedCells(PublishedCells.TILE_CELLS * 2 + 5, 3);
    for (int cell = 0; cell < cells.cells(); cell++) {
      if (random.nextInt(3) > 0) {
        cells.show(cell, random.nextLong(), random.nextLong(), -random.nextInt(9));
      }
    }
    var back = new PublishedCells(cells.cells(), 3);
    for (int tile = 0; tile < cells.tiles(); tile++) {
      back.read(tile, cells.bytes(tile));
    }
    assertThat(back.root()).isEqualTo(cells.root());
    assertThat(back.changesSince(cells)).isEmpty();
  }

  @Test
  void root_changesWithAnyValueAndWithWhatIsShown() {
    var cells = new PublishedCells(10, 1);
    String empty = cells.root();
    cells.show(9, 0);
    String shown = cells.root();
    cells.show(9, 1);
    assertThat(shown).isNotEqualTo(empty);
    assertThat(cells.root()).isNotEqualTo(shown);
  }

  @Test
  void changes_areToldCellByCell() {
    var before = new PublishedCells(5, 2);
    var after = new PublishedCells(5, 2);
    before.show(1, 4, 4);
    after.keep(before, 1);
    after.show(3, 7, 9);
    assertThat(after.changesSince(before))
        .singleElement()
        .satisfies(tile -> {
          assertThat(tile.firstCell()).isEqualTo(3);
          assertThat(tile.cells()).isEqualTo(1);
          assertThat(tile.values()).containsExactly(7L, 9L);
          assertThat(tile.shown().get(0)).isTrue();
        });
  }
}
