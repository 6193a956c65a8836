package dev.weir.query.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.compliance.Control;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExactEpochsTest {
  private static final int MIN_GROUP = 10;

  @Test
  void cell_isShownOnlyWhenItRestsOnTheMinimumGroup() {
    var cells = decide(counted(100, 9, 10, 81)).cells();
    assertThat(cells.shown(0)).isFalse();
    assertThat(cells.shown(2)).isTrue();
    assertThat(cells.value(2, 0)).isEqualTo(81);
  }

  @Test
  void whatIsLeftOut_isNoSmallGroupEither() {
    // 9 alone would be what all others leave of 100
    var cells = decide(counted(100, 9, 31, 60)).cells();
    assertThat(cells.shown(0)).isFalse();
    assertThat(cells.shown(1)).isFalse();
    assertThat(cells.shown(2)).isTrue();
  }

  @Test
  void recordsOutsideEveryCell_countAsLeftOut() {
    var cells = decide(counted(104, 50, 50)).cells();
    assertThat(cells.shown(0) && cells.shown(1)).isFalse();
  }

  @Test
  void measureOfFewRecords_orOfNone_hidesTheCell() {
    assertThat(decide(withMeasure(50, 7, 3)).cells().shown(0)).isFalse();
    assertThat(decide(withMeasure(50, 0, 0)).cells().shown(0)).isFalse();
    assertThat(decide(withMeasure(50, 20, 10)).cells().shown(0)).isTrue();
  }

  @Test
  void cellThatChangedByASmallGroup_staysAsItWas() {
    var before = decide(counted(200, 100, 100));
    var after = decide(counted(209, 109, 100), before);
    assertThat(after.cells().value(0, 0)).isEqualTo(100);
    assertThat(after.cells().changesSince(before.cells())).isEmpty();
    assertThat(decide(counted(210, 110, 100), before).cells().value(0, 0)).isEqualTo(110);
  }

  @Test
  void cellWhoseSumAloneChanged_staysAsItWas() {
    var before = decide(counted(200, 100, 100));
    var corrected = counted(200, 100, 100);
    corrected.set(0, new long[] {100, 999, 100});
    assertThat(decide(corrected, before).cells().value(0, 1)).isEqualTo(before.cells().value(0, 1));
  }

  @Test
  void measureThatFewRecordsBrought_keepsTheCell_howeverManyOthersCame() {
    var before = decide(withMeasure(50, 500, 25));
    var after = decide(withMeasure(70, 1_277, 26), before);
    assertThat(after.cells().value(0, 0)).isEqualTo(50);
    assertThat(after.cells().value(0, 1)).isEqualTo(500);
  }

  @Test
  void wayRoundByAThirdEpoch_tellsNoMore() {
    var first = decide(counted(200, 100, 100));
    var second = decide(counted(230, 130, 100), first);
    assertThat(second.cells().value(0, 0)).isEqualTo(130);
    var third = decide(counted(201, 101, 100), second, first);
    assertThat(third.cells().value(0, 0)).isEqualTo(130);
    assertThat(decide(counted(200, 100, 100), second, first).cells().value(0, 0)).isEqualTo(100);
  }

  @Test
  void cellThatWasHiddenMeanwhile_isHeldToWhatItWasBefore() {
    var first = decide(counted(200, 100, 100));
    var second = decide(counted(105, 5, 100), first);
    assertThat(second.cells().shown(0)).isFalse();
    var third = decide(counted(201, 101, 100), second, first);
    assertThat(third.cells().shown(0)).isFalse();
  }

  @Test
  void epochBeforePresenceWasKept_isNotComparedAndSoNotLeft() {
    var old = Shown.nothing(2, 1);
    old.cells().show(0, 100, 200);
    var after = decide(counted(300, 200, 100), old);
    assertThat(after.cells().value(0, 0)).isEqualTo(100);
    assertThat(after.cells().value(1, 0)).isEqualTo(100);
  }

  /**
   * Records come and go, some with a value; each value is its own, so that a sum tells which state
   * it is of.
   */
  @Test
  @Control("HEQ-10")
  void anyTwoEpochs_tellNoSmallGroupApart() {
    assertThat(smallestGroupToldApart(Integer.MAX_VALUE)).isGreaterThanOrEqualTo(MIN_GROUP);
    assertThat(smallestGroupToldApart(1)).as("only the epoch before").isLessThan(MIN_GROUP);
  }

  private static int smallestGroupToldApart(int remembered) {
    var random = new Random(20_261_122L);
    var shown = new ArrayList<Shown>();
    var states = new HashMap<List<Long>, Map<Integer, Long>>();
    var seen = new HashSet<List<Long>>();
    Map<Integer, Long> records = new HashMap<>(); // 0 is no value
    int next = 0;
    int changes = 0;
    for (int epoch = 0; epoch < 400; epoch++) {
      if (random.nextInt(2) == 0) { // an upload is taken back, the latest first
        int less = Math.min(random.nextInt(25), records.size());
        for (int i = 0; i < less; i++) {
          records.remove(Collections.max(records.keySet()));
        }
      } else {
        int more = random.nextInt(25);
        for (int i = 0; i < more; i++) {
          next++;
          records.put(next, random.nextInt(3) == 0 ? 0L : 1L + random.nextInt(1 << 30));
        }
      }
      long sum = records.values().stream().mapToLong(Long::longValue).sum();
      var counted = new CountedCells(epoch + 1, 10_000, 1, 1);
      counted.set(0, new long[] {records.size(), sum, valued(records).size()});
      states.put(List.of((long) records.size(), sum), Map.copyOf(records));
      var made =
          ExactEpochs.decide(
              counted, shown.subList(0, Math.min(remembered, shown.size())), MIN_GROUP);
      shown.addFirst(made);
      if (made.cells().shown(0)
          && seen.add(List.of(made.cells().value(0, 0), made.cells().value(0, 1)))) {
        changes++;
      }
    }
    assertThat(changes).as("something was shown, and changed").isGreaterThan(3);
    int smallest = Integer.MAX_VALUE;
    for (var one : seen) {
      for (var other : seen) {
        if (!one.equals(other)) {
          var a = states.get(one);
          var b = states.get(other);
          smallest = Math.min(smallest, apart(a.keySet(), b.keySet()));
          smallest = Math.min(smallest, apart(valued(a), valued(b)));
        }
      }
    }
    return smallest;
  }

  private static Set<Integer> valued(Map<Integer, Long> records) {
    var valued = new HashSet<>(records.keySet());
    valued.removeIf(id -> records.get(id) == 0);
    return valued;
  }

  private static int apart(Set<Integer> one, Set<Integer> other) {
    var all = new HashSet<>(one);
    all.addAll(other);
    all.removeIf(id -> one.contains(id) && other.contains(id));
    return all.size();
  }

  /** Before: newest first. */
  private static Shown decide(CountedCells counted, Shown... before) {
    return ExactEpochs.decide(counted, List.of(before), MIN_GROUP);
  }

  /** Two cells; the first has these values. */
  private static CountedCells withMeasure(long count, long sum, long present) {
    var counted = counted(200, 0, 100);
    counted.set(0, new long[] {count, sum, present});
    return counted;
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
