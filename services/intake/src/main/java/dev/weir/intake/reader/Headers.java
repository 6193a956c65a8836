package dev.weir.intake.reader;

import dev.weir.intake.frame.ReadFault;
import dev.weir.intake.frame.ReadFaultException;
import dev.weir.kernel.data.RecordSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/** Header rules: every column is named, names differ, and become names that a schema can hold. */
final class Headers {
  private static final int MAX_NAME = 63;

  private Headers() {}

  /**
   * @return one normalised name per header, distinct whatever their case
   * @throws ReadFaultException on a blank or repeated name or too many columns
   */
  static List<String> normalise(List<String> headers) {
    if (headers.size() > RecordSchema.MAX_COLUMNS) {
      throw new ReadFaultException(ReadFault.TOO_MANY_COLUMNS);
    }
    var raw = new HashSet<String>();
    var taken = new HashSet<String>();
    var names = new ArrayList<String>();
    for (String header : headers) {
      String trimmed = header.strip();
      if (trimmed.isEmpty()) {
        throw new ReadFaultException(ReadFault.BLANK_HEADER);
      }
      if (!raw.add(trimmed.toLowerCase(Locale.ROOT))) {
        throw new ReadFaultException(ReadFault.DUPLICATE_HEADER);
      }
      names.add(distinct(safe(trimmed), taken));
    }
    return names;
  }

  static List<String> numbered(int columns) {
    var names = new ArrayList<String>();
    for (int i = 1; i <= columns; i++) {
      names.add("c" + i);
    }
    return names;
  }

  private static String distinct(String name, HashSet<String> taken) {
    String candidate = name;
    for (int n = 2; !taken.add(candidate.toLowerCase(Locale.ROOT)); n++) {
      String suffix = "_" + n;
      candidate = name.substring(0, Math.min(name.length(), MAX_NAME - suffix.length())) + suffix;
    }
    return candidate;
  }

  private static String safe(String header) {
    var name = new StringBuilder();
    header
        .codePoints()
        .forEach(c -> {
          boolean kept = c < 0x10000 && (Character.isLetter(c) || isNumber(c) || c == '_');
          name.append(kept ? Character.toString(c) : "_");
        });
    if (!Character.isLetter(name.charAt(0)) && name.charAt(0) != '_') {
      name.insert(0, '_');
    }
    return name.length() <= MAX_NAME ? name.toString() : name.substring(0, MAX_NAME);
  }

  private static boolean isNumber(int c) {
    int type = Character.getType(c);
    return type == Character.DECIMAL_DIGIT_NUMBER
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER;
  }
}
