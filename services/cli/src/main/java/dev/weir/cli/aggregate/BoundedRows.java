package dev.weir.cli.aggregate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Rows of a file of any length, one at a time, each byte a character. A row that is longer than any
 * measurement's, as a file without line breaks has, is passed over unread: it would not fit into
 * memory. Confined.
 */
final class BoundedRows implements Iterator<String> {
  /** Most bytes of a row: the longest vectors have half a million numbers of up to 20 digits. */
  static final int MOST_BYTES = 16 << 20;

  /** Stands for a row that is longer; no row of a file is equal to it. */
  static final String TOO_LONG = "\uffff";

  private static final int END = -1;

  private final InputStream in;
  private final int most;
  private Optional<String> next = Optional.empty();
  private boolean afterReturn;

  private BoundedRows(InputStream in, int most) {
    this.in = in;
    this.most = most;
  }

  /**
   * @param in buffered; closed with the stream
   */
  static Stream<String> of(InputStream in, int most) {
    var rows =
        Spliterators.spliteratorUnknownSize(
            new BoundedRows(in, most), Spliterator.ORDERED | Spliterator.NONNULL);
    return StreamSupport.stream(rows, false)
        .onClose(() -> {
          try {
            in.close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Override
  public boolean hasNext() {
    if (next.isEmpty()) {
      try {
        next = read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return next.isPresent();
  }

  @Override
  public String next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    String row = next.orElseThrow();
    next = Optional.empty();
    return row;
  }

  /** A row ends with a line feed, a carriage return, both, or the file. */
  private Optional<String> read() throws IOException {
    int at = in.read();
    if (afterReturn && at == '\n') {
      at = in.read();
    }
    afterReturn = false;
    if (at == END) {
      return Optional.empty();
    }
    var row = new StringBuilder();
    long length = 0;
    while (at != END && at != '\n' && at != '\r') {
      if (++length <= most) {
        row.append((char) at);
      }
      at = in.read();
    }
    afterReturn = at == '\r';
    return Optional.of(length > most ? TOO_LONG : row.toString());
  }
}
