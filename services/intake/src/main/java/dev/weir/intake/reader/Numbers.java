package dev.weir.intake.reader;

import java.util.OptionalLong;

/** Exact reading of decimal numbers. Pure. */
final class Numbers {
  private static final int MAX_DIGITS = 18;
  private static final int MAX_REAL_CHARS = 40;

  private Numbers() {}

  /**
   * Reads {@code [+-]digits[.digits]} as an unscaled value; digits beyond the scale must be zero.
   *
   * @param scale digits after the point that are kept, 0 to 18
   * @return empty when the text is no such number or does not fit 18 digits
   */
  static OptionalLong decimal(String text, int scale) {
    int i = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
    boolean negative = text.charAt(0) == '-';
    long value = 0;
    int digits = 0;
    int fraction = -1;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && fraction < 0 && digits > 0) {
        fraction = 0;
      } else if (c < '0' || c > '9') {
        return OptionalLong.empty();
      } else if (fraction == scale) {
        if (c != '0') {
          return OptionalLong.empty();
        }
        digits++;
      } else {
        value = value * 10 + (c - '0');
        digits++;
        fraction += fraction >= 0 ? 1 : 0;
        if (value >= 1_000_000_000_000_000_000L) {
          return wide(text, scale);
        }
      }
    }
    if (digits == 0 || text.charAt(text.length() - 1) == '.') {
      return OptionalLong.empty();
    }
    for (int f = Math.max(fraction, 0); f < scale; f++) {
      if (value >= 1_000_000_000_000_000_000L / 10) {
        return OptionalLong.empty();
      }
      value *= 10;
    }
    return OptionalLong.of(negative ? -value : value);
  }

  /** The few numbers of 19 digits that still fit 64 bits. */
  private static OptionalLong wide(String text, int scale) {
    if (scale > 0 || text.length() > MAX_DIGITS + 2) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Digits after the point of {@code [+-]digits[.digits]} with at most 18 digits in all.
   *
   * @return -1 when the text is no such number
   */
  static int scale(String text) {
    int start = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
    int point = -1;
    int digits = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && point < 0 && i > start) {
        point = i;
      } else if (c < '0' || c > '9') {
        return -1;
      } else {
        digits++;
      }
    }
    if (digits == 0 || digits > MAX_DIGITS || point == text.length() - 1) {
      return -1;
    }
    return point < 0 ? 0 : text.length() - 1 - point;
  }

  /** True for a number with a leading zero that a code would have: 007, not 0 or 0.7. */
  static boolean hasLeadingZero(String text) {
    int start = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
    return text.length() > start + 1
        && text.charAt(start) == '0'
        && text.charAt(start + 1) != '.'
        && text.charAt(start + 1) != 'e'
        && text.charAt(start + 1) != 'E';
  }

  /** True for a finite binary64 in decimal notation, with or without exponent. */
  static boolean isReal(String text) {
    if (text.length() > MAX_REAL_CHARS) {
      return false;
    }
    boolean digit = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      digit |= c >= '0' && c <= '9';
      if ("0123456789+-.eE".indexOf(c) < 0) {
        return false;
      }
    }
    try {
      return digit && Double.isFinite(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
