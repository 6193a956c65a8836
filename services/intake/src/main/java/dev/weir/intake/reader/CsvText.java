package dev.weir.intake.reader;

import dev.weir.intake.frame.ReadFault;
import dev.weir.intake.frame.ReadFaultException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of one CSV file as text, after its encoding, delimiter and header are settled.
 * Confined to one thread.
 */
final class CsvText implements AutoCloseable {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final char[] DELIMITERS = {',', ';', '\t', '|'};
  private static final int SNIFFED_CHARS = 64 << 10;

  private final Reader reader;
  private final CsvParser parser;
  private final List<String> headers;
  private final List<String> names;
  private final List<String> fields = new ArrayList<>();
  private final char delimiter;
  private boolean pending;
  private CsvParser.Outcome outcome = CsvParser.Outcome.END;

  CsvText(Path file, Charset charset, Reading reading) {
    try {
      delimiter =
          reading.delimiter().map(text -> text.charAt(0)).orElseGet(() -> sniff(file, charset));
      reader = open(file, charset);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    parser = new CsvParser(reader, delimiter);
    if (!advance()) {
      throw new ReadFaultException(ReadFault.EMPTY);
    }
    if (reading.hasHeader()) {
      headers = List.copyOf(fields);
      names = Headers.normalise(headers);
    } else {
      names = Headers.numbered(fields.size());
      headers = names;
      Headers.normalise(headers);
      pending = true;
    }
  }

  List<String> headers() {
    return headers;
  }

  List<String> names() {
    return names;
  }

  char delimiter() {
    return delimiter;
  }

  /** The fields of the present record; reused by the next. */
  List<String> fields() {
    return fields;
  }

  /** Moves to the next record; lines without any character are no records. */
  boolean next() {
    if (pending) {
      pending = false;
      return true;
    }
    return advance();
  }

  /** Rule id of what is wrong with the present record as a whole; empty when nothing is. */
  String fault() {
    if (outcome == CsvParser.Outcome.BAD_QUOTE) {
      return "bad-quote";
    }
    if (fields.stream().allMatch(String::isEmpty)) {
      return "blank-row";
    }
    return fields.size() == names.size() ? "" : "ragged-row";
  }

  String raw() {
    return String.join(String.valueOf(delimiter), fields);
  }

  private boolean advance() {
    do {
      outcome = parser.next(fields);
    } while (outcome == CsvParser.Outcome.BLANK_LINE);
    return outcome != CsvParser.Outcome.END;
  }

  private static Reader open(Path file, Charset charset) throws IOException {
    var opened = new InputStreamReader(Files.newInputStream(file), charset.newDecoder());
    var pushback = new java.io.PushbackReader(opened, 1);
    int first = pushback.read();
    if (first >= 0 && first != BYTE_ORDER_MARK) {
      pushback.unread(first);
    }
    return pushback;
  }

  /** The delimiter that occurs most often in the first line, outside quotes; comma on a tie. */
  private static char sniff(Path file, Charset charset) {
    var counts = new int[DELIMITERS.length];
    try (Reader in = open(file, charset)) {
      boolean quoted = false;
      for (int i = 0; i < SNIFFED_CHARS; i++) {
        int c = in.read();
        if (c < 0 || (!quoted && (c == '\n' || c == '\r') && i > 0)) {
          break;
        }
        quoted ^= c == '"';
        for (int d = 0; !quoted && d < DELIMITERS.length; d++) {
          counts[d] += c == DELIMITERS[d] ? 1 : 0;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int best = 0;
    for (int d = 1; d < DELIMITERS.length; d++) {
      best = counts[d] > counts[best] ? d : best;
    }
    return DELIMITERS[best];
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
