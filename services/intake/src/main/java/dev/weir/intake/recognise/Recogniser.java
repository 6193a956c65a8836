package dev.weir.intake.recognise;

import dev.weir.kernel.data.ColumnRole;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One kind of value. It speaks when its share of the values is reached, and, unless the values
 * speak for themselves, when the column's name points the same way. Immutable.
 *
 * @param name what a pointing column name contains, in lower case
 * @param value accepts one value; total and linear
 * @param minShare share of values that must be accepted, 0 to 1
 * @param needsName false where the values alone are proof enough
 */
record Recogniser(
    String id,
    Pattern name,
    Predicate<String> value,
    double minShare,
    boolean needsName,
    ColumnRole role,
    int level) {

  long matches(ColumnSample sample) {
    return sample.values().stream().filter(value).count();
  }

  boolean speaks(ColumnSample sample, long matched) {
    return matched > 0
        && matched >= minShare * sample.values().size()
        && (!needsName || name.matcher(sample.name()).find());
  }
}
