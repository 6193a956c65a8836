package dev.weir.intake.treatment;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnRole;
import dev.weir.kernel.data.ColumnType;
import dev.weir.kernel.data.RecordSchema;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Which treatment suits which column, and what the column becomes. Pure. */
final class TreatmentRules {
  private static final int MAX_KEPT = 8;
  private static final int MAX_SHIFT_DAYS = 3_650;
  private static final int MAX_HIERARCHY_ROWS = 100_000;
  private static final Set<ColumnType> NUMERIC =
      EnumSet.of(ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.DOUBLE);
  private static final Set<ColumnType> TEMPORAL = EnumSet.of(ColumnType.DATE, ColumnType.TIMESTAMP);

  private TreatmentRules() {}

  static void check(Column column, Treatment treatment, RecordSchema schema) {
    roles(column, treatment);
    switch (treatment) {
      case Treatment.Keep keep -> {}
      case Treatment.Drop drop -> {}
      case Treatment.Pseudonym pseudonym -> {}
      case Treatment.Mask mask ->
          require(
              mask.keepFirst() >= 0
                  && mask.keepLast() >= 0
                  && mask.keepFirst() <= MAX_KEPT
                  && mask.keepLast() <= MAX_KEPT,
              "A mask keeps 0 to 8 characters at either end.",
              column);
      case Treatment.Ranges ranges -> {
        require(NUMERIC.contains(column.type()), "Ranges need a numeric column.", column);
        require(ranges.width().signum() > 0, "The width of a range is above 0.", column);
      }
      case Treatment.Truncate truncate -> {
        require(TEMPORAL.contains(column.type()), "Only dates and times are truncated.", column);
        truncate.zone().ifPresent(zone -> zone(zone, column));
      }
      case Treatment.Hierarchy hierarchy -> {
        require(
            hierarchy.rows().size() <= MAX_HIERARCHY_ROWS && hierarchy.level() >= 1,
            "A hierarchy has at most 100,000 rows and a level from 1.",
            column);
        require(
            hierarchy.rows().stream().allMatch(row -> row.size() > hierarchy.level()),
            "Every row of a hierarchy reaches the level asked for.",
            column);
      }
      case Treatment.DateShift shift -> {
        require(TEMPORAL.contains(column.type()), "Only dates and times are shifted.", column);
        require(
            shift.maxDays() >= 1 && shift.maxDays() <= MAX_SHIFT_DAYS,
            "A shift is 1 to 3,650 days.",
            column);
        require(
            schema.column(shift.person()).isPresent(),
            "A shift names the column that tells persons apart.",
            column);
      }
    }
  }

  private static void roles(Column column, Treatment treatment) {
    if (column.role() == ColumnRole.PERSON_KEY) {
      require(
          treatment instanceof Treatment.Pseudonym || treatment instanceof Treatment.Drop,
          "A person key is pseudonymised or dropped.",
          column);
    }
    if (column.role() == ColumnRole.DIRECT_IDENTIFIER) {
      require(
          !(treatment instanceof Treatment.Keep) && !(treatment instanceof Treatment.DateShift),
          "A direct identifier is dropped, masked, generalised or pseudonymised.",
          column);
    }
  }

  /** The column after treatment. Class and level never fall by themselves. */
  static Column treated(Column column, Treatment treatment) {
    return switch (treatment) {
      case Treatment.Keep keep -> column;
      case Treatment.Drop drop -> column;
      case Treatment.DateShift shift -> as(column, column.type(), column.role());
      case Treatment.Pseudonym pseudonym -> as(column, ColumnType.STRING, column.role());
      case Treatment.Truncate truncate -> as(column, ColumnType.DATE, softened(column.role()));
      case Treatment.Mask mask -> as(column, ColumnType.STRING, softened(column.role()));
      case Treatment.Ranges ranges -> as(column, ColumnType.STRING, softened(column.role()));
      case Treatment.Hierarchy hierarchy -> as(column, ColumnType.STRING, softened(column.role()));
    };
  }

  /** What is left of an identifier still helps to single a person out. */
  private static ColumnRole softened(ColumnRole role) {
    return role == ColumnRole.DIRECT_IDENTIFIER ? ColumnRole.QUASI_IDENTIFIER : role;
  }

  private static Column as(Column column, ColumnType type, ColumnRole role) {
    return new Column(
        column.name(),
        type,
        type == ColumnType.DECIMAL ? column.scale() : 0,
        column.nullable(),
        role,
        column.legalClass(),
        column.level(),
        column.description());
  }

  private static void zone(String name, Column column) {
    try {
      ZoneId.of(name);
    } catch (DateTimeException e) {
      require(false, "A zone is an IANA name.", column);
    }
  }

  private static void require(boolean condition, String detail, Column column) {
    if (!condition) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED, detail, Map.of("column", column.name()));
    }
  }
}
