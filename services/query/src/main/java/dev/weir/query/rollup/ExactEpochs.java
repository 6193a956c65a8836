package dev.weir.query.rollup;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Decides which exact cells may be published. Each shown cell rests on the minimum group, and so
 * does everything that is left out together. A cell takes a new value only if that lies at least
 * the minimum group of records away from every value that the consumer was ever shown of it, in its
 * count and in the records of each measure; so that no two epochs laid side by side tell a smaller
 * group apart. Otherwise it stays as it was. Counts decide here, which exact products allow. Pure.
 */
final class ExactEpochs {
  private final CountedCells counted;
  private final int minGroup;
  private final Shown made;

  private ExactEpochs(CountedCells counted, int minGroup) {
    this.counted = counted;
    this.minGroup = minGroup;
    this.made = large();
  }

  /**
   * @param before what the consumer was shown before, newest first; of the same shape
   * @param minGroup at least 1
   */
  static Shown decide(CountedCells counted, Iterable<Shown> before, int minGroup) {
    return new ExactEpochs(counted, minGroup).decide(before);
  }

  private Shown decide(Iterable<Shown> before) {
    var decided = Shown.nothing(counted.cells(), counted.measures());
    var near = new boolean[counted.cells()];
    boolean newest = true;
    for (Shown earlier : before) {
      for (int cell = 0; cell < counted.cells(); cell++) {
        near[cell] |= isNear(earlier, cell);
        if (newest && earlier.cells().value(cell, 0) >= minGroup) {
          decided.keep(earlier, cell);
        }
      }
      newest = false;
    }
    var result = Shown.nothing(counted.cells(), counted.measures());
    for (int cell = 0; cell < counted.cells(); cell++) {
      if (made.cells().shown(cell)) {
        result.keep(near[cell] ? decided : made, cell);
      }
    }
    return result;
  }

  private boolean isNear(Shown earlier, int cell) {
    return made.cells().shown(cell)
        && earlier.cells().shown(cell)
        && !made.same(earlier, cell)
        && !made.isFar(earlier, cell, minGroup);
  }

  /** The cells that stand on their own, less the smallest until the rest is no small group. */
  private Shown large() {
    var large = Shown.nothing(counted.cells(), counted.measures());
    var bySize = new PriorityQueue<Integer>(Comparator.comparing(counted::count));
    long rest = counted.records();
    for (int cell = 0; cell < counted.cells(); cell++) {
      if (isLarge(cell)) {
        bySize.add(cell);
        rest -= counted.count(cell);
      }
    }
    while (isSmall(rest) && !bySize.isEmpty()) {
      rest += counted.count(bySize.remove());
    }
    bySize.forEach(cell -> large.show(cell, row(cell), present(cell)));
    return large;
  }

  /** A measure that no record has hides its cell as one that few have does. */
  private boolean isLarge(int cell) {
    boolean large =
        counted.count(cell) >= minGroup && !isSmall(counted.records() - counted.count(cell));
    for (int measure = 0; large && measure < counted.measures(); measure++) {
      large = counted.present(cell, measure) >= minGroup;
    }
    return large;
  }

  private boolean isSmall(long records) {
    return records > 0 && records < minGroup;
  }

  private long[] row(int cell) {
    long[] row = new long[1 + counted.measures()];
    row[0] = counted.count(cell);
    for (int measure = 0; measure < counted.measures(); measure++) {
      row[1 + measure] = counted.sum(cell, measure);
    }
    return row;
  }

  private long[] present(int cell) {
    long[] present = new long[counted.measures()];
    for (int measure = 0; measure < present.length; measure++) {
      present[measure] = counted.present(cell, measure);
    }
    return present;
  }
}
