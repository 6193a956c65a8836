package dev.weir.query.plan.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Gaussian elimination over sparse vectors. Confined to one check. */
final class Elimination {
  private final PrimeField field;
  private final Effort effort;

  Elimination(PrimeField field, Effort effort) {
    this.field = field;
    this.effort = effort;
  }

  /**
   * Vectors that span what of the span of {@code vectors} is zero in every column that {@code
   * forbidden} accepts.
   */
  List<SparseVector> vanishing(List<SparseVector> vectors, IntPredicate forbidden) {
    Map<Integer, Integer> pivotOf = new HashMap<>();
    var pivots = new ArrayList<SparseVector>();
    var pivotColumns = new ArrayList<Integer>();
    var free = new ArrayList<SparseVector>();
    for (SparseVector vector : sparsestFirst(vectors)) {
      SparseVector rest = vector;
      // A pivot vector is zero in the columns of the pivots before it, so this ends.
      for (int next = first(rest, pivotOf); next >= 0; next = first(rest, pivotOf)) {
        rest = rest.minus(rest.at(pivotColumns.get(next)), pivots.get(next), field, effort);
      }
      int column = firstColumn(rest, forbidden);
      if (column >= 0) {
        pivotOf.put(column, pivots.size());
        pivotColumns.add(column);
        pivots.add(rest.scaledToOne(column, field));
      } else if (rest.entries() > 0) {
        free.add(rest);
      }
    }
    return free;
  }

  /** A basis of the same span in which each vector alone is not zero in some column. */
  List<SparseVector> reduced(List<SparseVector> vectors) {
    var basis = new ArrayList<SparseVector>();
    var pivots = new ArrayList<Integer>();
    for (SparseVector vector : sparsestFirst(vectors)) {
      SparseVector rest = vector;
      for (int i = 0; i < basis.size(); i++) {
        rest = without(rest, pivots.get(i), basis.get(i));
      }
      if (rest.entries() > 0) {
        int pivot = rest.column(0);
        SparseVector unit = rest.scaledToOne(pivot, field);
        basis.replaceAll(other -> without(other, pivot, unit));
        basis.add(unit);
        pivots.add(pivot);
      }
    }
    return basis;
  }

  private SparseVector without(SparseVector vector, int pivot, SparseVector unit) {
    effort.spend(1);
    long factor = vector.at(pivot);
    return factor == 0 ? vector : vector.minus(factor, unit, field, effort);
  }

  private int first(SparseVector vector, Map<Integer, Integer> pivotOf) {
    if (pivotOf.isEmpty()) {
      return -1;
    }
    effort.spend(vector.entries());
    int first = Integer.MAX_VALUE;
    for (int entry = 0; entry < vector.entries(); entry++) {
      first = Math.min(first, pivotOf.getOrDefault(vector.column(entry), Integer.MAX_VALUE));
    }
    return first == Integer.MAX_VALUE ? -1 : first;
  }

  private static int firstColumn(SparseVector vector, IntPredicate accepted) {
    for (int entry = 0; entry < vector.entries(); entry++) {
      if (accepted.test(vector.column(entry))) {
        return vector.column(entry);
      }
    }
    return -1;
  }

  private static List<SparseVector> sparsestFirst(List<SparseVector> vectors) {
    return vectors.stream().sorted(Comparator.comparingInt(SparseVector::entries)).toList();
  }
}
