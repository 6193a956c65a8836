package dev.weir.query.plan.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SmallSupportTest {
  private static final long SEED = 20_261_122;
  private static final int SPACES = 1_500;
  private static final int COLUMNS = 9;
  private static final long PLENTY = 50_000_000;

  @Test
  void everySmallSpace_isJudgedAsTheSlowSolverJudgesIt() {
    var random = new Random(SEED);
    int few = 0;
    for (int space = 0; space < SPACES; space++) {
      int columns = 2 + random.nextInt(COLUMNS - 1);
      var rows = rows(random, columns, 1 + random.nextInt(columns));
      long[] weights = random.longs(columns, 1, 12).toArray();
      long limit = 2 + random.nextInt(24);
      boolean expected = Fractions.tellsFew(rows, weights, limit);
      few += expected ? 1 : 0;
      assertThat(tellsFew(rows, weights, limit))
          .as("seed %d, space %d", SEED, space)
          .isEqualTo(expected);
    }
    assertThat(few).as("both answers occur").isBetween(SPACES / 10, SPACES * 9 / 10);
  }

  /** Neither marginal of a table gives a cell away, however small the cells are. */
  @Test
  void twoMarginalsOfATable_areNotConfusedWithItsCells() {
    int side = 10;
    var rows = new ArrayList<int[]>();
    for (int line = 0; line < side; line++) {
      int fixed = line;
      rows.add(IntStream.range(0, side * side).map(c -> c / side == fixed ? 1 : 0).toArray());
      rows.add(IntStream.range(0, side * side).map(c -> c % side == fixed ? 1 : 0).toArray());
    }
    var weights = new long[side * side];
    Arrays.fill(weights, 10);
    assertThat(tellsFew(rows, weights, 50)).isFalse();
    rows.add(IntStream.range(0, side * side).map(c -> c < side + 1 ? 1 : 0).toArray());
    assertThat(tellsFew(rows, weights, 50)).as("one more row isolates a cell").isTrue();
  }

  @Test
  void whatIsTooTangled_isNotCalledSafe() {
    var random = new Random(SEED);
    var rows = rows(random, 60, 30);
    var weights = new long[60];
    Arrays.fill(weights, 1);
    assertThatThrownBy(() -> tellsFew(rows, weights, 26, 200_000))
        .isInstanceOf(Effort.Exceeded.class);
  }

  private static List<int[]> rows(Random random, int columns, int count) {
    return IntStream.range(0, count).mapToObj(row -> random.ints(columns, 0, 2).toArray()).toList();
  }

  private static boolean tellsFew(List<int[]> rows, long[] weights, long limit) {
    return tellsFew(rows, weights, limit, PLENTY);
  }

  private static boolean tellsFew(List<int[]> rows, long[] weights, long limit, long operations) {
    var vectors =
        rows.stream()
            .map(row -> IntStream.range(0, row.length).filter(c -> row[c] == 1).toArray())
            .map(SparseVector::indicator)
            .toList();
    var field = PrimeField.draw(new Random(SEED));
    return new SmallSupport(weights, limit, field, new Effort(operations)).in(vectors);
  }
}
