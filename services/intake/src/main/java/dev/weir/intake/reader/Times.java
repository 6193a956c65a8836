package dev.weir.intake.reader;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.OptionalLong;

/** Reading of dates and times: ISO 8601 and the slash form common in Chinese files. Pure. */
final class Times {
  private static final long SECOND = 1_000_000L;
  private static final long DAY = 86_400L * SECOND;
  private static final NoTime NO_TIME = new NoTime();

  private Times() {}

  /** What a text says about time. */
  sealed interface Time {}

  /**
   * @param micros since 1970-01-01T00:00:00Z
   */
  record Instant(long micros) implements Time {}

  /**
   * @param micros since 1970-01-01T00:00:00 on the local clock
   */
  record Local(long micros) implements Time {}

  /** The text is no time. */
  record NoTime() implements Time {}

  /**
   * Reads {@code yyyy-MM-dd} or {@code yyyy/M/d}, years 1 to 9999.
   *
   * @return days since 1970-01-01
   */
  static OptionalLong date(String text) {
    var scan = new Scan(text);
    long days = scan.date();
    return scan.ok && scan.atEnd() ? OptionalLong.of(days) : OptionalLong.empty();
  }

  /**
   * Reads a date, {@code T} or a space, {@code H:mm[:ss[.fraction]]} and perhaps {@code Z} or
   * {@code ±hh[:mm]}. Digits below the microsecond are cut.
   */
  static Time timestamp(String text) {
    var scan = new Scan(text);
    long micros = scan.date() * DAY;
    scan.ok &= scan.take('T') || scan.take(' ');
    micros += scan.time();
    if (!scan.ok) {
      return NO_TIME;
    }
    if (scan.atEnd()) {
      return new Local(micros);
    }
    scan.take(' ');
    long offset = scan.offset();
    return scan.ok && scan.atEnd() ? new Instant(micros - offset) : NO_TIME;
  }

  /** A cursor over the text; {@code ok} turns false at the first mismatch and stays so. */
  private static final class Scan {
    private final String text;
    private int at;
    private boolean ok = true;

    Scan(String text) {
      this.text = text;
    }

    boolean atEnd() {
      return at == text.length();
    }

    boolean take(char c) {
      if (at < text.length() && text.charAt(at) == c) {
        at++;
        return true;
      }
      return false;
    }

    long date() {
      int year = number(4, 4);
      boolean slashes = take('/');
      ok &= slashes || take('-');
      int month = number(slashes ? 1 : 2, 2);
      ok &= take(slashes ? '/' : '-');
      int day = number(slashes ? 1 : 2, 2);
      ok &= year >= 1 && month >= 1 && month <= 12 && day >= 1;
      if (!ok || day > YearMonth.of(year, month).lengthOfMonth()) {
        ok = false;
        return 0;
      }
      return LocalDate.of(year, month, day).toEpochDay();
    }

    long time() {
      int hour = number(1, 2);
      ok &= take(':');
      int minute = number(2, 2);
      int second = take(':') ? number(2, 2) : 0;
      ok &= hour < 24 && minute < 60 && second < 60;
      return ((hour * 60L + minute) * 60 + second) * SECOND + (take('.') ? fraction() : 0);
    }

    private long fraction() {
      long micros = 0;
      long unit = SECOND / 10;
      int start = at;
      while (at < text.length() && isDigit(text.charAt(at))) {
        micros += (text.charAt(at++) - '0') * unit;
        unit /= 10;
      }
      ok &= at > start && at - start <= 9;
      return micros;
    }

    long offset() {
      if (take('Z')) {
        return 0;
      }
      int sign = take('+') ? 1 : -1;
      ok &= sign > 0 || take('-');
      int hour = number(2, 2);
      boolean colon = take(':');
      int minute = colon || !atEnd() ? number(2, 2) : 0;
      ok &= hour <= 18 && minute < 60;
      return sign * (hour * 60L + minute) * 60 * SECOND;
    }

    private int number(int least, int most) {
      int value = 0;
      int start = at;
      while (at < text.length() && at - start < most && isDigit(text.charAt(at))) {
        value = value * 10 + (text.charAt(at++) - '0');
      }
      ok &= at - start >= least;
      return value;
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }
  }
}
