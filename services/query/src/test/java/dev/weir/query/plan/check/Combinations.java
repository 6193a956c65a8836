package dev.weir.query.plan.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;

/** An attacker who adds, subtracts and scales what was released, and tries every small set. */
public final class Combinations {
  private static final int MOST_PARTS = 20;

  private Combinations() {}

  /**
   * Whether some combination of the cohorts and of all records rests on fewer records than the
   * limit, and on one at least.
   */
  public static boolean isolate(List<BitSet> cohorts, int records, long limit) {
    var parts = new LinkedHashMap<List<Boolean>, Long>();
    for (int i = 0; i < records; i++) {
      int record = i;
      parts.merge(cohorts.stream().map(cohort -> cohort.get(record)).toList(), 1L, Long::sum);
    }
    if (parts.size() > MOST_PARTS) {
      throw new IllegalStateException("too many parts for a plain attacker");
    }
    var rows = new ArrayList<int[]>();
    for (int cohort = 0; cohort < cohorts.size(); cohort++) {
      int at = cohort;
      rows.add(parts.keySet().stream().mapToInt(part -> part.get(at) ? 1 : 0).toArray());
    }
    rows.add(parts.keySet().stream().mapToInt(part -> 1).toArray());
    long[] weights = parts.values().stream().mapToLong(Long::longValue).toArray();
    return Fractions.tellsFew(rows, weights, limit);
  }
}
