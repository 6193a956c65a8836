package dev.weir.intake.cleaning;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.weir.kernel.SourceId;
import java.util.List;
import java.util.Optional;

/**
 * A rule that the values of one column must meet. Empty cells meet every rule; whether a column may
 * be empty is a matter of the schema. Immutable.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CleaningRule.Type.class, name = "type"),
  @JsonSubTypes.Type(value = CleaningRule.Range.class, name = "range"),
  @JsonSubTypes.Type(value = CleaningRule.Pattern.class, name = "pattern"),
  @JsonSubTypes.Type(value = CleaningRule.Unique.class, name = "unique"),
  @JsonSubTypes.Type(value = CleaningRule.Reference.class, name = "reference")
})
public sealed interface CleaningRule {

  String column();

  Action action();

  /** The name in reports and dead letters: {@code range:delay}. */
  @JsonIgnore
  default String id() {
    String kind =
        switch (this) {
          case Type rule -> "type";
          case Range rule -> "range";
          case Pattern rule -> "pattern";
          case Unique rule -> "unique";
          case Reference rule -> "reference";
        };
    return kind + ":" + column();
  }

  /** What happens to a row that breaks a rule. */
  enum Action {
    /** The row goes to the dead-letter topic of its domain. */
    @JsonProperty("reject")
    REJECT,
    /** The cell becomes empty and the row goes on. */
    @JsonProperty("set-null")
    SET_NULL
  }

  /** The text is of the column's type. Without this rule such rows are rejected. */
  record Type(String column, Action action) implements CleaningRule {}

  /**
   * The value lies within bounds, both included.
   *
   * @param min in the notation of the type; absent for no bound
   * @param max in the notation of the type; absent for no bound
   */
  record Range(String column, Optional<String> min, Optional<String> max, Action action)
      implements CleaningRule {}

  /**
   * The whole text matches.
   *
   * @param regex in RE2 syntax, at most 1,000 characters: linear time, no back references
   */
  record Pattern(String column, String regex, Action action) implements CleaningRule {}

  /**
   * No value, or no combination with the further columns, occurs twice among the accepted rows; the
   * first one stays.
   *
   * @param with further columns of the key; may be empty
   */
  record Unique(String column, List<String> with, Action action) implements CleaningRule {
    public Unique {
      with = List.copyOf(with);
    }
  }

  /**
   * The text form of the value is in a set: the one listed, or a column of another source of the
   * same provider.
   *
   * @param values the set; empty when a source is named
   * @param source whose column {@code sourceColumn} is the set; absent when values are listed
   */
  record Reference(
      String column,
      List<String> values,
      Optional<SourceId> source,
      Optional<String> sourceColumn,
      Action action)
      implements CleaningRule {
    public Reference {
      values = List.copyOf(values);
    }
  }
}
