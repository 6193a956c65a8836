package dev.weir.intake.reader;

import dev.weir.kernel.data.ColumnType;
import java.util.Locale;

/**
 * Infers the type of one CSV column from all its texts. A type is proposed when every text is of
 * it, or when at most one in 200 of at least 200 texts is not: those few then break the type rule
 * and are counted in the profile. A number with a leading zero is a code and stays a string.
 * Confined to one thread.
 */
final class TypeInference {
  private static final long MIN_TEXTS_FOR_TOLERANCE = 200;
  private static final long TOLERATED_ONE_IN = 200;
  private static final int MAX_SCALE = 9;

  private long texts;
  private long booleans;
  private long integers;
  private long decimals;
  private long reals;
  private long dates;
  private long timestamps;
  private long localTimes;
  private boolean leadingZero;
  private int scale;

  void add(String text) {
    if (text.isEmpty()) {
      return;
    }
    texts++;
    char first = text.charAt(0);
    if (first >= '0' && first <= '9' || first == '-' || first == '+') {
      addNumber(text);
      addTime(text);
    } else if (text.length() <= 5) {
      booleans += isBoolean(text) ? 1 : 0;
    }
  }

  private void addNumber(String text) {
    int digitsAfterPoint = Numbers.scale(text);
    leadingZero |= digitsAfterPoint >= 0 && Numbers.hasLeadingZero(text);
    if (digitsAfterPoint == 0) {
      integers++;
    }
    if (digitsAfterPoint >= 0 && digitsAfterPoint <= MAX_SCALE) {
      decimals++;
      scale = Math.max(scale, digitsAfterPoint);
    }
    if (digitsAfterPoint >= 0 || Numbers.isReal(text)) {
      reals++;
    }
  }

  private void addTime(String text) {
    if (text.length() < 8) {
      return;
    }
    if (Times.date(text).isPresent()) {
      dates++;
      return;
    }
    switch (Times.timestamp(text)) {
      case Times.Instant instant -> timestamps++;
      case Times.Local local -> {
        timestamps++;
        localTimes++;
      }
      case Times.NoTime none -> {}
    }
  }

  private static boolean isBoolean(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "false", "是", "否" -> true;
      default -> false;
    };
  }

  SourceColumn column(String sourceName, String name) {
    ColumnType type = type();
    return new SourceColumn(
        sourceName,
        name,
        type,
        type == ColumnType.DECIMAL ? scale : 0,
        type == ColumnType.TIMESTAMP && localTimes > 0);
  }

  private ColumnType type() {
    if (texts == 0 || leadingZero) {
      return ColumnType.STRING;
    }
    if (fits(booleans)) {
      return ColumnType.BOOLEAN;
    }
    if (fits(integers)) {
      return ColumnType.INTEGER;
    }
    if (fits(decimals)) {
      return ColumnType.DECIMAL;
    }
    if (fits(reals)) {
      return ColumnType.DOUBLE;
    }
    if (fits(dates)) {
      return ColumnType.DATE;
    }
    return fits(timestamps) ? ColumnType.TIMESTAMP : ColumnType.STRING;
  }

  private boolean fits(long ofType) {
    long others = texts - ofType;
    return others == 0
        || (texts >= MIN_TEXTS_FOR_TOLERANCE && others * TOLERATED_ONE_IN <= texts && ofType > 0);
  }
}
