package dev.weir.intake.treatment;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What becomes of the values of one column. Empty cells stay empty. Immutable. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Treatment.Keep.class, name = "keep"),
  @JsonSubTypes.Type(value = Treatment.Drop.class, name = "drop"),
  @JsonSubTypes.Type(value = Treatment.Mask.class, name = "mask"),
  @JsonSubTypes.Type(value = Treatment.Ranges.class, name = "ranges"),
  @JsonSubTypes.Type(value = Treatment.Truncate.class, name = "truncate"),
  @JsonSubTypes.Type(value = Treatment.Hierarchy.class, name = "hierarchy"),
  @JsonSubTypes.Type(value = Treatment.DateShift.class, name = "date-shift"),
  @JsonSubTypes.Type(value = Treatment.Pseudonym.class, name = "pseudonym")
})
public sealed interface Treatment {

  /** The value as it is. */
  record Keep() implements Treatment {}

  /** The column is left out. */
  record Drop() implements Treatment {}

  /**
   * Every character but the first and last ones becomes {@code *}; a text too short to hide
   * anything becomes stars alone.
   *
   * @param keepFirst characters kept at the start, 0 to 8
   * @param keepLast characters kept at the end, 0 to 8
   */
  record Mask(int keepFirst, int keepLast) implements Treatment {}

  /**
   * A number becomes the half-open range {@code [20,30)} it lies in.
   *
   * @param width of a range, above 0
   * @param origin where some range begins
   */
  record Ranges(BigDecimal width, BigDecimal origin) implements Treatment {}

  /**
   * A date or time becomes the first day of its month or year, in UTC unless a zone is given.
   *
   * @param to the unit kept
   * @param zone IANA name; whose calendar a time belongs to
   */
  record Truncate(Unit to, Optional<String> zone) implements Treatment {}

  /** A calendar unit. */
  enum Unit {
    @JsonProperty("month")
    MONTH,
    @JsonProperty("year")
    YEAR
  }

  /**
   * A value becomes its ancestor in a declared hierarchy; a value without a leaf becomes {@code *}.
   *
   * @param rows each a leaf followed by its ancestors, at most 100,000 rows
   * @param level 1 for the parent, 2 for its parent, and so on
   */
  record Hierarchy(List<List<String>> rows, int level) implements Treatment {
    public Hierarchy {
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  /**
   * A date or time moves by a number of days that depends on the person alone, so that intervals of
   * one person stay as they were.
   *
   * @param person column that tells persons apart
   * @param maxDays 1 to 3,650, in either direction
   */
  record DateShift(String person, int maxDays) implements Treatment {}

  /**
   * The value becomes 32 hexadecimal digits of HMAC-SHA-256 under the lineage's key: equal values
   * of one lineage stay equal over versions, and cannot be computed without the key.
   */
  record Pseudonym() implements Treatment {}
}
