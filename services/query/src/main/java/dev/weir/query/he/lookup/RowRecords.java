package dev.weir.query.he.lookup;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.weir.he.query.EntryShape;
import dev.weir.he.query.RecordLock;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.query.he.lookup.LookupTerms.By;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Records of a resource as entries: the released columns of one record in textual form, as a JSON
 * array; a value that is missing is null. How long the longest of them is shows only as one of five
 * lengths.
 */
public final class RowRecords {
  /** More take longer to lock than somebody waits, and more memory than an evaluator keeps. */
  public static final int MAX_RECORDS = 1 << 15;

  private static final int MIN_PLACE_BYTES = 64;

  private RowRecords() {}

  /**
   * @param columns the keyword's first
   * @param rows in their order; of several with one keyword the first counts, as in SQL
   * @throws ProblemException when a record is longer than an entry can be, or there is none
   */
  public static Entries of(By by, List<String> columns, List<List<Optional<String>>> rows) {
    var listed = new ArrayList<byte[]>();
    SequencedMap<String, byte[]> keyed = new LinkedHashMap<>();
    int longest = 1;
    for (var row : rows) {
      byte[] value = write(row);
      longest = Math.max(longest, value.length);
      listed.add(value);
      row.getFirst().ifPresent(keyword -> keyed.putIfAbsent(keyword, value));
    }
    int entries = by == By.INDEX ? listed.size() : keyed.size();
    if (!EntryShape.possible(entries, longest)) {
      throw new ProblemException(
          ProblemType.WRONG_STATE,
          "The product has no record that could be looked up, or one that is too long for it.",
          Map.of("maxBytes", EntryShape.MAX_VALUE_BYTES));
    }
    int room = room(longest);
    return switch (by) {
      case INDEX -> new Entries.Listed(listed, room, columns);
      case KEYWORD -> new Entries.Keyed(keyed, room, columns);
    };
  }

  private static byte[] write(List<Optional<String>> row) {
    return Json.canonical(row);
  }

  /**
   * The values of an entry, one for each column.
   *
   * @return empty when it is of another form
   */
  public static Optional<List<Optional<String>>> read(byte[] value, int columns) {
    try {
      var row = Json.mapper().readValue(value, new TypeReference<List<Optional<String>>>() {});
      return Optional.of(row).filter(values -> values.size() == columns);
    } catch (JacksonException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
  }

  /** The longest value of a place: a record's bytes, divided by a power of two. */
  private static int room(int longest) {
    int place = EntryShape.MAX_VALUE_BYTES + RecordLock.OVERHEAD_BYTES;
    while (place / 2 >= longest + RecordLock.OVERHEAD_BYTES && place > MIN_PLACE_BYTES) {
      place /= 2;
    }
    return place - RecordLock.OVERHEAD_BYTES;
  }
}
