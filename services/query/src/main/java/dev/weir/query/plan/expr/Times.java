package dev.weir.query.plan.expr;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Parts and floors of dates and timestamps. */
final class Times {
  private static final int DAYS_PER_WEEK = 7;

  private Times() {}

  static @Nullable Object extract(Expr.TimePart part, @Nullable Object time) {
    LocalDateTime at = asTimestamp(time);
    if (at == null) {
      return null;
    }
    int value =
        switch (part) {
          case YEAR -> at.getYear();
          case MONTH -> at.getMonthValue();
          case DAY -> at.getDayOfMonth();
          case HOUR -> at.getHour();
          case DOW -> at.getDayOfWeek().getValue() % DAYS_PER_WEEK;
        };
    return BigDecimal.valueOf(value);
  }

  static @Nullable Object floor(Expr.TimePart part, @Nullable Object time) {
    LocalDateTime at = asTimestamp(time);
    if (at == null) {
      return null;
    }
    LocalDateTime floor =
        switch (part) {
          case YEAR -> at.toLocalDate().withDayOfYear(1).atStartOfDay();
          case MONTH -> at.toLocalDate().withDayOfMonth(1).atStartOfDay();
          case DAY -> at.truncatedTo(ChronoUnit.DAYS);
          case HOUR -> at.truncatedTo(ChronoUnit.HOURS);
          case DOW -> throw new IllegalStateException("a week day has no floor");
        };
    return time instanceof LocalDate ? floor.toLocalDate() : floor;
  }

  private static @Nullable LocalDateTime asTimestamp(@Nullable Object time) {
    if (time instanceof LocalDate date) {
      return date.atStartOfDay();
    }
    return time instanceof LocalDateTime timestamp ? timestamp : null;
  }
}
