package dev.weir.intake.profile;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts values exactly until there are more than {@link #CAPACITY}, then forgets the rare ones
 * (Misra and Gries 1982): what stays may then be counted too low, by at most rows / 1,000. Confined
 * to one thread.
 */
final class FrequentValues {
  static final int CAPACITY = 1_000;
  private static final int SHOWN = 20;
  private static final int TEXT_CHARS = 64;

  private final Map<Object, long[]> counts = new HashMap<>();
  private long forgotten;

  /**
   * @param value a Long, Double or String
   */
  void add(Object value) {
    long[] count = counts.get(value);
    if (count != null) {
      count[0]++;
    } else if (counts.size() < CAPACITY) {
      counts.put(value, new long[] {1});
    } else {
      forgotten++;
      counts.values().removeIf(each -> --each[0] == 0);
    }
  }

  /** True while every value is counted exactly. */
  boolean isExact() {
    return forgotten == 0;
  }

  int size() {
    return counts.size();
  }

  /** The most frequent values, most frequent first. */
  List<ColumnProfile.Frequent> top(java.util.function.Function<Object, String> text) {
    return counts.entrySet().stream()
        .map(
            each -> new ColumnProfile.Frequent(clip(text.apply(each.getKey())), each.getValue()[0]))
        .sorted(
            Comparator.comparingLong(ColumnProfile.Frequent::count)
                .reversed()
                .thenComparing(ColumnProfile.Frequent::value))
        .limit(SHOWN)
        .toList();
  }

  private static String clip(String text) {
    return text.codePointCount(0, text.length()) <= TEXT_CHARS
        ? text
        : text.substring(0, text.offsetByCodePoints(0, TEXT_CHARS)) + "…";
  }
}
