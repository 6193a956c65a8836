package dev.weir.query.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactEpochsTest {
  private static final int MIN_GROUP = 10;

  @Test
  void cell_isShownOnlyWhenItRestsOnTheMinimumGroup() {
    var cells = decide(counted(100, 9, 10, 81), Optional.empty());
    assertThat(cells.shown(0)).isFalse();
    assertThat(cells.shown(2)).isTrue();
    assertThat(cells.value(2, 0)).isEqualTo(81);
  }

  @Test
  void whatIsLeftOut_isNoSmallGroupEither() {
    // 9 alone would be what all others leave of 100
    var cells = decide(counted(100, 9, 31, 60), Optional.empty());
    assertThat(cells.shown(0)).isFalse();
    assertThat(cells.shown(1)).isFalse();
    assertThat(cells.shown(2)).isTrue();
  }

  @Test
  void recordsOutsideEveryCell_countAsLeftOut() {
    var cells = decide(counted(104, 50, 50), Optional.empty());
    assertThat(cells.shown(0) && cells.shown(1)).isFalse();
  }

  @Test
  void measureOfFewRecords_hidesTheCell() {
    var counted = counted(100, 50, 50);
    counted.set(0, new long[] {50, 7, 3});
    assertThat(decide(counted, Optional.empty()).shown(0)).isFalse();
  }

  @Test
  void cellThatChangedByASmallGroup_staysAsItWas() {
    var before = decide(counted(200, 100, 100), Optional.empty());
    var after = decide(counted(209, 109, 100), Optional.of(before));
    assertThat(after.value(0, 0)).isEqualTo(100);
    assertThat(after.changesSince(before)).isEmpty();
    assertThat(decide(counted(210, 110, 100), Optional.of(before)).value(0, 0)).isEqualTo(110);
  }

  @Test
  void cellWhoseSumAloneChanged_staysAsItWas() {
    var before = decide(counted(200, 100, 100), Optional.empty());
    var corrected = counted(200, 100, 100);
    corrected.set(0, new long[] {100, 999, 100});
    assertThat(decide(corrected, Optional.of(before)).value(0, 1)).isEqualTo(before.value(0, 1));
  }

  @Test
  void anyTwoEpochs_tellNoSmallGroupApart() {
    var random = new Random(20_261_122L);
    Optional<PublishedCells> before = Optional.empty();
    for (int epoch = 0; epoch < 300; epoch++) {
      int[] counts = random.ints(6, 0, 60).toArray();
      long outside = random.nextInt(30);
      var counted = counted(java.util.Arrays.stream(counts).sum() + outside, counts);
      var cells = decide(counted, before);
      for (int cell = 0; cell < 6; cell++) {
        if (cells.shown(cell)) {
          assertThat(cells.value(cell, 0)).isGreaterThanOrEqualTo(MIN_GROUP);
          if (before.isPresent() && before.get().shown(cell)) {
            long moved = Math.abs(cells.value(cell, 0) - before.get().value(cell, 0));
            assertThat(moved == 0 || moved >= MIN_GROUP).isTrue();
          }
        }
      }
      before = Optional.of(cells);
    }
  }

  private static PublishedCells decide(CountedCells counted, Optional<PublishedCells> before) {
    return ExactEpochs.decide(counted, before, MIN_GROUP);
  }

  /** Cells with these counts, of a version with that many records; every sum is twice the count. */
  private static CountedCells counted(long records, int... counts) {
    var counted = new CountedCells(1, records, counts.length, 1);
    for (int cell = 0; cell < counts.length; cell++) {
      counted.set(cell, new long[] {counts[cell], 2L * counts[cell], counts[cell]});
    }
    return counted;
  }
}
