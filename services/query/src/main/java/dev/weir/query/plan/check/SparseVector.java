package dev.weir.query.plan.check;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** The entries of a vector that are not zero, by ascending column. Immutable. */
final class SparseVector {
  private final int[] columns;
  private final long[] values;

  private SparseVector(int[] columns, long[] values) {
    this.columns = columns;
    this.values = values;
  }

  /** One in every column given. */
  static SparseVector indicator(int[] ascendingColumns) {
    var values = new long[ascendingColumns.length];
    Arrays.fill(values, 1);
    return new SparseVector(ascendingColumns.clone(), values);
  }

  int entries() {
    return columns.length;
  }

  int column(int entry) {
    return columns[entry];
  }

  long value(int entry) {
    return values[entry];
  }

  /** Zero where there is no entry. */
  long at(int column) {
    int entry = Arrays.binarySearch(columns, column);
    return entry < 0 ? 0 : values[entry];
  }

  /** This minus {@code factor} times the other. */
  SparseVector minus(long factor, SparseVector other, PrimeField field, Effort effort) {
    effort.spend(columns.length + other.columns.length);
    var sumColumns = new int[columns.length + other.columns.length];
    var sumValues = new long[sumColumns.length];
    int length = 0;
    int i = 0;
    int j = 0;
    while (i < columns.length || j < other.columns.length) {
      int left = i < columns.length ? columns[i] : Integer.MAX_VALUE;
      int right = j < other.columns.length ? other.columns[j] : Integer.MAX_VALUE;
      int column = Math.min(left, right);
      long value = left == column ? values[i++] : 0;
      if (right == column) {
        value = field.minus(value, field.times(factor, other.values[j++]));
      }
      if (value != 0) {
        sumColumns[length] = column;
        sumValues[length++] = value;
      }
    }
    return new SparseVector(Arrays.copyOf(sumColumns, length), Arrays.copyOf(sumValues, length));
  }

  /** The multiple that is one in a column where this is not zero. */
  SparseVector scaledToOne(int column, PrimeField field) {
    long inverse = field.inverse(at(column));
    return new SparseVector(
        columns, Arrays.stream(values).map(value -> field.times(value, inverse)).toArray());
  }

  SparseVector only(IntPredicate kept) {
    int[] entries =
        java.util.stream.IntStream.range(0, columns.length)
            .filter(entry -> kept.test(columns[entry]))
            .toArray();
    return new SparseVector(
        Arrays.stream(entries).map(entry -> columns[entry]).toArray(),
        Arrays.stream(entries).mapToLong(entry -> values[entry]).toArray());
  }
}
