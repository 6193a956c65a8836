package dev.weir.query.rollup;

import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Decides which exact cells may be published. Each shown cell rests on the minimum group, and so
 * does everything that is left out together; a cell changes only when at least the minimum group of
 * records came or went since it was published, so that two epochs laid side by side tell no smaller
 * group apart. Counts decide here, which exact products allow. Pure.
 */
final class ExactEpochs {
  private final CountedCells counted;
  private final int minGroup;

  private ExactEpochs(CountedCells counted, int minGroup) {
    this.counted = counted;
    this.minGroup = minGroup;
  }

  /**
   * @param before the cells as published before, of the same shape
   * @param minGroup at least 1
   */
  static PublishedCells decide(
      CountedCells counted, Optional<PublishedCells> before, int minGroup) {
    return new ExactEpochs(counted, minGroup).decide(before);
  }

  private PublishedCells decide(Optional<PublishedCells> before) {
    var large = large();
    var cells = new PublishedCells(counted.cells(), 1 + counted.measures());
    for (int cell = 0; cell < counted.cells(); cell++) {
      if (large.shown(cell)) {
        cells.show(cell, row(cell));
      }
    }
    before.ifPresent(earlier -> hold(cells, earlier));
    return cells;
  }

  /** A cell that changed by a small group stays as it was. */
  private void hold(PublishedCells cells, PublishedCells before) {
    for (int cell = 0; cell < counted.cells(); cell++) {
      if (before.shown(cell) && !cells.same(before, cell)) {
        long moved = Math.abs(counted.count(cell) - before.value(cell, 0));
        if (moved < minGroup) {
          cells.keep(before, cell);
        }
      }
    }
  }

  /** The cells that stand on their own, less the smallest until the rest is no small group. */
  private PublishedCells large() {
    var shown = new PublishedCells(counted.cells(), 1);
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
    bySize.forEach(cell -> shown.show(cell, 1));
    return shown;
  }

  private boolean isLarge(int cell) {
    boolean large =
        counted.count(cell) >= minGroup && !isSmall(counted.records() - counted.count(cell));
    for (int measure = 0; large && measure < counted.measures(); measure++) {
      large = !isSmall(counted.present(cell, measure));
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
}
