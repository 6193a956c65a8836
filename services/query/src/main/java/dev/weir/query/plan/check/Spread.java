package dev.weir.query.plan.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A weight that no vector of a space, but zero, stays below. A vector that is zero in a set of
 * columns of full rank is zero; so it weighs something in each of several such sets that do not
 * meet, and at least the lightest column of each.
 */
final class Spread {
  private Spread() {}

  static long of(
      List<SparseVector> basis, Map<Integer, Long> weights, PrimeField field, Effort effort) {
    var columns = new ArrayList<>(SmallSupport.columns(basis).entrySet());
    columns.sort(Comparator.comparing(column -> -weights.getOrDefault(column.getKey(), 0L)));
    var elimination = new Independence(basis.size(), field, effort);
    long spread = 0;
    while (columns.size() >= basis.size()) {
      elimination.clear();
      var left = new ArrayList<Map.Entry<Integer, List<long[]>>>();
      long lightest = Long.MAX_VALUE;
      for (var column : columns) {
        if (elimination.add(column.getValue())) {
          lightest = Math.min(lightest, weights.getOrDefault(column.getKey(), 0L));
        } else {
          left.add(column);
        }
      }
      if (!elimination.full()) {
        return spread;
      }
      spread += lightest;
      columns = left;
    }
    return spread;
  }

  /** Columns found independent so far, each reduced by those before. */
  private static final class Independence {
    private final int rank;
    private final PrimeField field;
    private final Effort effort;
    private final List<long[]> found = new ArrayList<>();
    private final List<Integer> pivots = new ArrayList<>();

    Independence(int rank, PrimeField field, Effort effort) {
      this.rank = rank;
      this.field = field;
      this.effort = effort;
    }

    void clear() {
      found.clear();
      pivots.clear();
    }

    boolean full() {
      return found.size() == rank;
    }

    boolean add(List<long[]> entries) {
      if (full()) {
        return false;
      }
      effort.spend((long) rank * (found.size() + 1));
      var column = new long[rank];
      entries.forEach(entry -> column[(int) entry[0]] = entry[1]);
      for (int i = 0; i < found.size(); i++) {
        long factor = column[pivots.get(i)];
        for (int row = 0; factor != 0 && row < rank; row++) {
          column[row] = field.minus(column[row], field.times(factor, found.get(i)[row]));
        }
      }
      int pivot = 0;
      while (pivot < rank && column[pivot] == 0) {
        pivot++;
      }
      if (pivot == rank) {
        return false;
      }
      long inverse = field.inverse(column[pivot]);
      for (int row = 0; row < rank; row++) {
        column[row] = field.times(column[row], inverse);
      }
      found.add(column);
      pivots.add(pivot);
      return true;
    }
  }
}
