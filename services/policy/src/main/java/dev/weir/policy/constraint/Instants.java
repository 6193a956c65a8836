package dev.weir.policy.constraint;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;

/**
 * Reads both spellings of time in TC609-6-2025: ISO 8601 with an offset or zone, and fourteen
 * digits in China Standard Time. A local time without a zone is refused, never guessed.
 */
final class Instants {
  private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
  private static final DateTimeFormatter DIGITS =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);

  private Instants() {}

  static Optional<Instant> parse(String text) {
    try {
      return Optional.of(
          text.matches("\\d{14}")
              ? LocalDateTime.parse(text, DIGITS).atZone(CHINA).toInstant()
              : ZonedDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
