package dev.weir.query.plan.check;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A slow, plain solver over whole numbers of any size, to hold the fast one against. It shares no
 * code with it.
 */
final class Fractions {
  private Fractions() {}

  /**
   * @param rows [rows][columns]
   */
  static int rank(List<int[]> rows) {
    var left = new ArrayList<BigInteger[]>();
    for (int[] row : rows) {
      var exact = new BigInteger[row.length];
      for (int i = 0; i < row.length; i++) {
        exact[i] = BigInteger.valueOf(row[i]);
      }
      left.add(exact);
    }
    int rank = 0;
    int columns = rows.isEmpty() ? 0 : rows.getFirst().length;
    for (int column = 0; column < columns; column++) {
      int at = column;
      var pivot = left.stream().filter(row -> row[at].signum() != 0).findFirst();
      if (pivot.isPresent()) {
        rank++;
        left.remove(pivot.get());
        left.forEach(row -> eliminate(row, pivot.get(), at));
      }
    }
    return rank;
  }

  private static void eliminate(BigInteger[] row, BigInteger[] pivot, int column) {
    BigInteger factor = row[column];
    for (int i = 0; i < row.length; i++) {
      row[i] = row[i].multiply(pivot[column]).subtract(pivot[i].multiply(factor));
    }
  }

  /**
   * Whether a vector of the rows' span, not zero, is zero outside the columns of {@code inside}.
   */
  static boolean spanMeets(List<int[]> rows, int inside) {
    var outside =
        rows.stream()
            .map(row -> {
              var kept = row.clone();
              for (int column = 0; column < kept.length; column++) {
                if ((inside & (1 << column)) != 0) {
                  kept[column] = 0;
                }
              }
              return kept;
            })
            .toList();
    return rank(outside) < rank(rows);
  }

  /** Tries every set of columns that weighs less than the limit. */
  static boolean tellsFew(List<int[]> rows, long[] weights, long limit) {
    for (int inside = 1; inside < 1 << weights.length; inside++) {
      long weight = 0;
      for (int column = 0; column < weights.length; column++) {
        weight += (inside & (1 << column)) != 0 ? weights[column] : 0;
      }
      if (weight < limit && spanMeets(rows, inside)) {
        return true;
      }
    }
    return false;
  }
}
