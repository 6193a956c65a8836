package dev.weir.query.rollup;

import java.util.Arrays;

/**
 * The true cells of one sealed version: domain data that never leaves this role. Not changed once
 * it is handed on.
 *
 * <p>Shape [cells][1 + 2·measures], row-major: the records, then for each measure its sum in
 * granules and how many records had a value.
 */
final class CountedCells {
  private final long dataVersion;
  private final long records;
  private final int cells;
  private final int measures;
  private final long[] values;

  /**
   * @param records of the whole version, also those in no cell
   */
  CountedCells(long dataVersion, long records, int cells, int measures) {
    this.dataVersion = dataVersion;
    this.records = records;
    this.cells = cells;
    this.measures = measures;
    this.values = new long[cells * width(measures)];
  }

  static int width(int measures) {
    return 1 + 2 * measures;
  }

  long dataVersion() {
    return dataVersion;
  }

  long records() {
    return records;
  }

  int cells() {
    return cells;
  }

  int measures() {
    return measures;
  }

  long count(int cell) {
    return values[cell * width(measures)];
  }

  long sum(int cell, int measure) {
    return values[cell * width(measures) + 1 + 2 * measure];
  }

  long present(int cell, int measure) {
    return values[cell * width(measures) + 2 + 2 * measure];
  }

  void set(int cell, long[] row) {
    System.arraycopy(row, 0, values, cell * width(measures), width(measures));
  }

  @Override
  public String toString() {
    return "CountedCells[" + cells + " x " + width(measures) + "]";
  }

  /** For tests of the counting. */
  long[] copy() {
    return Arrays.copyOf(values, values.length);
  }
}
