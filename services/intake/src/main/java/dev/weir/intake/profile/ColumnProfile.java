package dev.weir.intake.profile;

import dev.weir.intake.recognise.Proposal;
import dev.weir.kernel.data.ColumnType;
import java.util.List;
import java.util.Optional;

/**
 * The profile of one column. Values are texts in the notation of the type. Immutable.
 *
 * @param name normalised, as a schema holds it
 * @param sourceName as the file spells it
 * @param scale digits after the point for DECIMAL, otherwise 0
 * @param localTime whether it holds times without a zone: {@code timeZone} must then be declared
 *     before a run, and min, max and frequent values show the local clock
 * @param values cells that hold a value of the type
 * @param nulls empty cells
 * @param violations cells whose text is not of the type
 * @param distinct number of different values, exact below 1,000, estimated within about 2 % above
 * @param minLength shortest text in code points, 0 for other types
 * @param maxLength longest text in code points, 0 for other types
 * @param frequent the most frequent values, at most 20; a count may be too low where {@code
 *     distinct} exceeds 1,000
 * @param proposal what the recognisers propose; a person decides
 */
public record ColumnProfile(
    String name,
    String sourceName,
    ColumnType type,
    int scale,
    boolean localTime,
    long values,
    long nulls,
    long violations,
    long distinct,
    Optional<String> min,
    Optional<String> max,
    int minLength,
    int maxLength,
    List<Frequent> frequent,
    Proposal proposal) {
  public ColumnProfile {
    frequent = List.copyOf(frequent);
  }

  /** A value and how often it occurs. */
  public record Frequent(String value, long count) {}
}
