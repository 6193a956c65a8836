package dev.weir.query.plan.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether a space of vectors holds one, not zero, that rests on little weight: the columns in which
 * it is not zero weigh less than a limit together. Exact, within its effort. Confined to one check.
 */
final class SmallSupport {
  private final PrimeField field;
  private final Elimination elimination;
  private final Effort effort;
  private final Map<Integer, Long> weights = new HashMap<>();
  private final long limit;

  /**
   * @param weights [columns]
   */
  SmallSupport(long[] weights, long limit, PrimeField field, Effort effort) {
    for (int column = 0; column < weights.length; column++) {
      this.weights.put(column, weights[column]);
    }
    this.limit = limit;
    this.field = field;
    this.effort = effort;
    this.elimination = new Elimination(field, effort);
  }

  /**
   * @throws Effort.Exceeded when it cannot be told
   */
  boolean in(List<SparseVector> vectors) {
    List<SparseVector> basis = light(vectors, Set.of(), limit);
    for (boolean merged = true; merged && !basis.isEmpty(); ) {
      int columns = weights.size();
      basis = mergeParallel(elimination.reduced(basis));
      merged = weights.size() < columns;
      basis = light(basis, Set.of(), limit);
    }
    for (List<SparseVector> part : parts(elimination.reduced(basis))) {
      if (Spread.of(part, weights, field, effort) < limit && search(part, Set.of(), limit)) {
        return true;
      }
    }
    return false;
  }

  /** What remains once every column that alone weighs too much is zero. */
  private List<SparseVector> light(List<SparseVector> vectors, Set<Integer> used, long left) {
    return elimination.vanishing(
        vectors, column -> weight(column) >= left && !used.contains(column));
  }

  private long weight(int column) {
    return weights.getOrDefault(column, 0L);
  }

  /** Columns that are multiples of each other are zero together or not at all: one for all. */
  private List<SparseVector> mergeParallel(List<SparseVector> basis) {
    Map<List<Long>, Integer> representative = new HashMap<>();
    var merged = new HashMap<Integer, Long>();
    columns(basis)
        .forEach((column, entries) ->
            merged.merge(
                representative.computeIfAbsent(direction(entries), d -> column),
                weight(column),
                Long::sum));
    weights.clear();
    weights.putAll(merged);
    return basis.stream().map(vector -> vector.only(merged::containsKey)).toList();
  }

  /** [row, value, row, value …] with the first value one. */
  private List<Long> direction(List<long[]> entries) {
    effort.spend(entries.size());
    long inverse = field.inverse(entries.getFirst()[1]);
    var direction = new ArrayList<Long>();
    for (long[] entry : entries) {
      direction.add(entry[0]);
      direction.add(field.times(entry[1], inverse));
    }
    return direction;
  }

  /** [row, value] of every entry, by column. */
  static Map<Integer, List<long[]>> columns(List<SparseVector> basis) {
    var columns = new TreeMap<Integer, List<long[]>>();
    for (int row = 0; row < basis.size(); row++) {
      SparseVector vector = basis.get(row);
      for (int entry = 0; entry < vector.entries(); entry++) {
        columns
            .computeIfAbsent(vector.column(entry), c -> new ArrayList<>())
            .add(new long[] {row, vector.value(entry)});
      }
    }
    return columns;
  }

  /** Vectors that share no column, however remotely, cannot lighten each other. */
  private static List<List<SparseVector>> parts(List<SparseVector> basis) {
    int[] part = new int[basis.size()];
    java.util.Arrays.setAll(part, row -> row);
    columns(basis)
        .values()
        .forEach(entries -> {
          int root = root(part, (int) entries.getFirst()[0]);
          entries.forEach(entry -> part[root(part, (int) entry[0])] = root);
        });
    var parts = new LinkedHashMap<Integer, List<SparseVector>>();
    for (int row = 0; row < part.length; row++) {
      parts.computeIfAbsent(root(part, row), r -> new ArrayList<>()).add(basis.get(row));
    }
    return List.copyOf(parts.values());
  }

  private static int root(int[] part, int row) {
    int root = row;
    while (part[root] != root) {
      root = part[root];
    }
    return root;
  }

  /**
   * Decides column by column, heaviest first, whether the vector is zero there.
   *
   * @param used where it is not zero
   * @param left what the other columns may weigh less than
   */
  private boolean search(List<SparseVector> vectors, Set<Integer> used, long left) {
    effort.spend(1);
    List<SparseVector> basis = elimination.reduced(light(vectors, used, left));
    Map<Integer, List<long[]>> columns = columns(basis);
    if (basis.isEmpty() || !columns.keySet().containsAll(used)) {
      return false;
    }
    List<Integer> open = columns.keySet().stream().filter(c -> !used.contains(c)).toList();
    if (basis.size() == 1 || open.isEmpty()) {
      return basis.size() > 1 || open.stream().mapToLong(this::weight).sum() < left;
    }
    int column = open.stream().max(Comparator.comparingLong(this::weight)).orElseThrow();
    if (search(elimination.vanishing(basis, c -> c == column), used, left)) {
      return true;
    }
    var more = new HashSet<>(used);
    more.add(column);
    return search(basis, more, left - weight(column));
  }
}
