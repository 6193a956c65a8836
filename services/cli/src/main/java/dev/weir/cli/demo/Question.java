package dev.weir.cli.demo;

import dev.weir.cli.demo.Field.Bounds;
import dev.weir.kernel.Bilingual;

/**
 * A good question and how its truth is found.
 *
 * @param sql as the builder asks it
 * @param truth as plain DuckDB answers it over the treated, clamped records
 */
record Question(String name, Bilingual text, String sql, Truth truth) {

  /**
   * What is computed independently. A quantity is one column, or two when only its least and its
   * most can be known from outside.
   */
  sealed interface Truth {
    String sql();

    /**
     * One count, or a count for each key in the first column.
     *
     * @param selected groups come from private selection, which may find none
     */
    record Counts(String sql, boolean keyed, int rows, boolean selected) implements Truth {
      static Counts one(String sql, int rows) {
        return new Counts(sql, false, rows, false);
      }

      static Counts byKey(String sql, int rows) {
        return new Counts(sql, true, rows, false);
      }
    }

    /** The sum of clamped values in the column's unit. */
    record Sum(String sql, Bounds bounds, int rows) implements Truth {}

    /** Sum of clamped values, and count, of which the answer is the ratio. */
    record Average(String sql, Bounds bounds, int rows) implements Truth {}

    /**
     * A quantile of {@code numerator/10}.
     *
     * @param sql counts all records, those with a value below {@code ?} and those below the next
     *     grid point {@code ?2}
     */
    record Quantile(String sql, Bounds bounds, int rows, int numerator) implements Truth {}
  }
}
