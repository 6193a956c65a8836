package dev.weir.intake.reader;

import dev.weir.intake.frame.ReadFault;
import dev.weir.intake.frame.ReadFaultException;
import dev.weir.kernel.data.RecordSchema;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * RFC 4180 records from decoded text: quotes, doubled quotes, line breaks inside quotes, any line
 * end. White space around an unquoted field is not part of it. Bounded: a record longer than {@link
 * #MAX_RECORD_CHARS} ends the file. Confined to one thread.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
final class CsvParser {
  static final int MAX_RECORD_CHARS = 4 << 20;
  private static final int NONE = -1;

  private final Reader in;
  private final char delimiter;
  private final char[] buffer = new char[64 << 10];
  private final StringBuilder cell = new StringBuilder();
  private int length;
  private int position;
  private int recordChars;

  CsvParser(Reader in, char delimiter) {
    this.in = in;
    this.delimiter = delimiter;
  }

  /** What one call of {@link #next} found. */
  enum Outcome {
    RECORD,
    /** A line without any character. */
    BLANK_LINE,
    /** Characters follow a closing quote. */
    BAD_QUOTE,
    END
  }

  /**
   * Reads one record into {@code fields}; of more than 501 fields only the first 501 are kept.
   *
   * @throws ReadFaultException when a quote is never closed
   */
  Outcome next(List<String> fields) {
    fields.clear();
    recordChars = 0;
    int c = read();
    if (c == NONE) {
      return Outcome.END;
    }
    if (isLineEnd(c)) {
      endLine(c);
      return Outcome.BLANK_LINE;
    }
    boolean bad = false;
    while (true) {
      cell.setLength(0);
      c = skipSpaces(c);
      if (c == '"') {
        c = skipSpaces(quoted());
        bad |= !endsField(c);
        c = unquoted(c);
        add(fields, cell.toString());
      } else {
        c = unquoted(c);
        add(fields, cell.toString().stripTrailing());
      }
      if (c != delimiter) {
        endLine(c);
        return bad ? Outcome.BAD_QUOTE : Outcome.RECORD;
      }
      c = read();
    }
  }

  private static void add(List<String> fields, String field) {
    if (fields.size() <= RecordSchema.MAX_COLUMNS) {
      fields.add(field);
    }
  }

  /** Appends to the closing quote and returns what follows it. */
  private int quoted() {
    while (true) {
      int c = read();
      if (c == NONE) {
        throw new ReadFaultException(ReadFault.UNCLOSED_QUOTE);
      }
      if (c == '"') {
        c = read();
        if (c != '"') {
          return c;
        }
      }
      cell.append((char) c);
    }
  }

  private int unquoted(int first) {
    int c = first;
    while (!endsField(c)) {
      cell.append((char) c);
      c = read();
    }
    return c;
  }

  private int skipSpaces(int first) {
    int c = first;
    while (c == ' ') {
      c = read();
    }
    return c;
  }

  private boolean endsField(int c) {
    return c == delimiter || c == NONE || isLineEnd(c);
  }

  private static boolean isLineEnd(int c) {
    return c == '\n' || c == '\r';
  }

  private void endLine(int c) {
    if (c == '\r') {
      int following = read();
      if (following != '\n' && following != NONE) {
        position--;
      }
    }
  }

  private int read() {
    if (position == length) {
      try {
        length = Math.max(0, in.read(buffer));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      position = 0;
      if (length == 0) {
        return NONE;
      }
    }
    if (++recordChars > MAX_RECORD_CHARS) {
      throw new ReadFaultException(ReadFault.UNCLOSED_QUOTE);
    }
    return buffer[position++];
  }
}
