package dev.weir.query.he.lookup;

import dev.weir.query.rollup.Epoch;
import dev.weir.query.rollup.PublishedCells;
import dev.weir.query.rollup.RollupSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Released cells as entries, each under the values of its keys: whether it is shown, then its
 * values, 8 bytes each. Nothing else is in an entry than what was released under the contract.
 */
public final class CellRecords {
  /** More take longer to lock than somebody waits. */
  public static final int MAX_CELLS = 1 << 14;

  /** Measures that an entry has room for. */
  public static final int MAX_WIDTH = 125;

  private CellRecords() {}

  public static int valueBytes(int width) {
    return 1 + width * Long.BYTES;
  }

  /** All of them. */
  public static Entries of(Epoch epoch, RollupSpec spec, PublishedCells cells) {
    var keywords = keywords(spec.keys().stream().map(RollupSpec.Key::values).toList());
    SequencedMap<String, byte[]> values = new LinkedHashMap<>();
    for (int cell = 0; cell < keywords.size(); cell++) {
      values.put(keywords.get(cell), value(cells, cell));
    }
    return new Entries.Keyed(values, valueBytes(epoch.width()), List.of());
  }

  /** Every combination, the last key running fastest. */
  static List<String> keywords(List<List<String>> keys) {
    List<List<String>> rows = List.of(List.of());
    for (var values : keys) {
      var longer = new ArrayList<List<String>>();
      for (var row : rows) {
        for (var value : values) {
          var one = new ArrayList<>(row);
          one.add(value);
          longer.add(one);
        }
      }
      rows = longer;
    }
    return rows.stream().map(LookupTerms::keyword).toList();
  }

  private static byte[] value(PublishedCells cells, int cell) {
    var value = ByteBuffer.allocate(valueBytes(cells.width()));
    value.put((byte) (cells.shown(cell) ? 1 : 0));
    for (int column = 0; column < cells.width(); column++) {
      value.putLong(cells.value(cell, column));
    }
    return value.array();
  }
}
