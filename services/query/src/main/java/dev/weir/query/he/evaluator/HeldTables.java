package dev.weir.query.he.evaluator;

import dev.weir.he.HeContext;
import dev.weir.he.query.CellLayout;
import dev.weir.he.query.CellTable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The cells that this process holds in native memory, the least recently used let go first. A newer
 * epoch of the same shape changes only the cells that differ. Confined to the process's thread.
 */
final class HeldTables implements AutoCloseable {
  private final long maxBytes;
  private final Map<String, Held> held = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param maxBytes of native memory
   */
  HeldTables(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  private record Held(CellTable table, String root) {}

  /** The table when it is here in just this epoch. */
  Optional<CellTable> of(Cells wanted) {
    return Optional.ofNullable(held.get(wanted.key()))
        .filter(known ->
            known.root().equals(wanted.root()) && known.table().layout().equals(wanted.layout()))
        .map(Held::table);
  }

  /**
   * Takes cells in.
   *
   * @param values {@code [measures][keys]}
   * @throws IllegalStateException when they take more memory than there may be
   */
  void hold(HeContext context, Cells cells, long[][] values) {
    var known = held.get(cells.key());
    if (known != null && !known.table().layout().equals(cells.layout())) {
      held.remove(cells.key());
      known.table().close();
      known = null;
    }
    if (known == null) {
      makeRoom(cells.layout());
    }
    var table = known == null ? new CellTable(context, cells.layout()) : known.table();
    held.put(cells.key(), new Held(table, ""));
    for (int measure = 0; measure < values.length; measure++) {
      long[] before = table.measure(measure);
      for (int key = 0; key < before.length; key++) {
        if (before[key] != values[measure][key]) {
          table.set(measure, key, values[measure][key]);
        }
      }
    }
    table.publish();
    held.put(cells.key(), new Held(table, cells.root()));
  }

  private void makeRoom(CellLayout layout) {
    long needed =
        2L * Integer.BYTES * layout.parameters().degree() * layout.outputs() * layout.terms();
    if (needed > maxBytes) {
      throw new IllegalStateException("the cells take more memory than this process may use");
    }
    while (!held.isEmpty() && bytes() + needed > maxBytes) {
      var eldest = held.entrySet().iterator().next();
      eldest.getValue().table().close();
      held.remove(eldest.getKey());
    }
  }

  private long bytes() {
    return held.values().stream().mapToLong(one -> one.table().bytes()).sum();
  }

  @Override
  public void close() {
    held.values().forEach(one -> one.table().close());
    held.clear();
  }
}
