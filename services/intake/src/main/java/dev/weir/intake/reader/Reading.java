package dev.weir.intake.reader;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/**
 * What the provider declares about a file; what is declared wins over what is detected.
 *
 * @param encoding {@code UTF-8} or {@code GB18030}; its subsets GBK and GB2312 are read as GB18030
 * @param delimiter one of {@code , ; | TAB} for CSV
 * @param header false when the first record of a CSV is data; columns are then c1, c2 …
 * @param timeZone IANA name of the zone of times that carry none; never guessed
 */
public record Reading(
    Optional<String> encoding,
    Optional<String> delimiter,
    Optional<Boolean> header,
    Optional<String> timeZone) {
  private static final String DELIMITERS = ",;|\t";

  public static final Reading DETECTED =
      new Reading(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * @throws ProblemException of type {@link ProblemType#VALIDATION_FAILED}
   */
  public Reading {
    encoding = encoding.map(Reading::canonicalEncoding);
    if (delimiter.isPresent()
        && (delimiter.get().length() != 1 || DELIMITERS.indexOf(delimiter.get().charAt(0)) < 0)) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED, "A delimiter is comma, semicolon, bar or tab.");
    }
    timeZone.ifPresent(Reading::zoneOf);
  }

  public boolean hasHeader() {
    return header.orElse(true);
  }

  public Optional<ZoneId> zone() {
    return timeZone.map(Reading::zoneOf);
  }

  private static String canonicalEncoding(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "UTF-8", "UTF8" -> "UTF-8";
      case "GB18030", "GBK", "GB2312" -> "GB18030";
      default ->
          throw new ProblemException(
              ProblemType.VALIDATION_FAILED, "An encoding is UTF-8 or GB18030.");
    };
  }

  private static ZoneId zoneOf(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          "timeZone is the IANA name of a zone, such as Asia/Shanghai.");
    }
  }
}
