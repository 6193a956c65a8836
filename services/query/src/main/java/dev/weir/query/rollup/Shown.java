package dev.weir.query.rollup;

/**
 * Exact cells as a consumer was shown them, and what they rest on. Not changed once it is handed
 * on.
 *
 * @param cells as they left
 * @param presence [cells][measures]: how many records had a value of the measure when the cell was
 *     counted; not shown where that is not known. Never leaves.
 */
record Shown(PublishedCells cells, PublishedCells presence) {

  static Shown nothing(int cells, int measures) {
    return new Shown(new PublishedCells(cells, 1 + measures), new PublishedCells(cells, measures));
  }

  void show(int cell, long[] row, long[] present) {
    cells.show(cell, row);
    presence.show(cell, present);
  }

  void keep(Shown other, int cell) {
    cells.keep(other.cells, cell);
    presence.keep(other.presence, cell);
  }

  /** Whether a cell looks the same and rests on as many records. */
  boolean same(Shown other, int cell) {
    return cells.same(other.cells, cell) && presence.same(other.presence, cell);
  }

  /**
   * Whether a cell of the one and of the other are told apart by at least so many records in its
   * count and in each measure; when it is not known, they are not.
   */
  boolean isFar(Shown other, int cell, int minGroup) {
    boolean far =
        presence.shown(cell)
            && other.presence.shown(cell)
            && distance(cells, other.cells, cell, 0) >= minGroup;
    for (int measure = 0; far && measure < presence.width(); measure++) {
      far = distance(presence, other.presence, cell, measure) >= minGroup;
    }
    return far;
  }

  private static long distance(PublishedCells one, PublishedCells other, int cell, int column) {
    return Math.abs(one.value(cell, column) - other.value(cell, column));
  }
}
