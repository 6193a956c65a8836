package dev.weir.policy.constraint;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A span of time: once, between two instants, or each week by the wall clock of a zone. Wall-clock
 * windows follow the clock on the wall: an hour that daylight saving skips is in no window, an hour
 * that comes twice is in it twice.
 */
public sealed interface TimeWindow {
  Pattern WEEKLY =
      Pattern.compile(
          "(?:([A-Z]{3}(?:[-,][A-Z]{3})*) )?(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d) ([A-Za-z0-9_+/:-]{1,40})");

  boolean contains(Instant instant);

  /** From an instant, which is inside, to an instant, which is not. */
  record Once(Instant from, Instant to) implements TimeWindow {
    @Override
    public boolean contains(Instant instant) {
      return !instant.isBefore(from) && instant.isBefore(to);
    }
  }

  /**
   * @param startSecond second of the day when it opens
   * @param endSecond second of the day when it closes, 86,400 at most; not above the start when it
   *     closes on the next day
   * @param days the days on which it opens
   */
  record Weekly(Set<DayOfWeek> days, int startSecond, int endSecond, ZoneId zone)
      implements TimeWindow {
    public Weekly {
      days = Set.copyOf(days);
    }

    @Override
    public boolean contains(Instant instant) {
      ZonedDateTime local = instant.atZone(zone);
      int second = local.toLocalTime().toSecondOfDay();
      DayOfWeek today = local.getDayOfWeek();
      if (startSecond < endSecond) {
        return days.contains(today) && second >= startSecond && second < endSecond;
      }
      return (days.contains(today) && second >= startSecond)
          || (days.contains(today.minus(1)) && second < endSecond);
    }
  }

  /** Reads {@code from/to} in ISO 8601, or {@code MON-FRI 08:00-18:00 Asia/Shanghai}. */
  static Optional<TimeWindow> parse(String text) {
    int slash = text.indexOf('/');
    Matcher weekly = WEEKLY.matcher(text);
    if (weekly.matches()) {
      return weekly(weekly);
    }
    if (slash < 0) {
      return Optional.empty();
    }
    Optional<Instant> from = Instants.parse(text.substring(0, slash));
    Optional<Instant> to = Instants.parse(text.substring(slash + 1));
    return from.isPresent() && to.isPresent() && from.get().isBefore(to.get())
        ? Optional.of(new Once(from.get(), to.get()))
        : Optional.empty();
  }

  private static Optional<TimeWindow> weekly(Matcher text) {
    try {
      Set<DayOfWeek> days =
          text.group(1) == null ? EnumSet.allOf(DayOfWeek.class) : days(text.group(1));
      int start = LocalTime.parse(text.group(2)).toSecondOfDay();
      int end =
          text.group(3).equals("24:00") ? 86_400 : LocalTime.parse(text.group(3)).toSecondOfDay();
      return start == end
          ? Optional.empty()
          : Optional.of(new Weekly(days, start, end, ZoneId.of(text.group(4))));
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Set<DayOfWeek> days(String text) {
    var days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : text.split(",", -1)) {
      String[] ends = part.split("-", -1);
      if (ends.length > 2) {
        throw new IllegalArgumentException("a range of days has two ends");
      }
      DayOfWeek day = day(ends[0]);
      DayOfWeek last = day(ends[ends.length - 1]);
      days.add(day);
      while (day != last) {
        day = day.plus(1);
        days.add(day);
      }
    }
    return days;
  }

  private static DayOfWeek day(String name) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().startsWith(name)) {
        return day;
      }
    }
    throw new IllegalArgumentException("not a day");
  }
}
