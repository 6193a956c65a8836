package dev.weir.query.he;

import dev.weir.he.HeContext;
import dev.weir.he.query.CellLayout;
import dev.weir.he.query.CellTable;
import dev.weir.query.rollup.Epoch;
import dev.weir.query.rollup.PublishedCells;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The cells that this worker holds in native memory, the least recently used let go first. A newer
 * epoch of the same shape changes only the cells that differ. Confined to the worker's thread.
 */
final class HeTables implements AutoCloseable {
  private final HeContext context;
  private final long maxBytes;
  private final Map<String, Held> held = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param context stays the caller's
   * @param maxBytes of native memory
   */
  HeTables(HeContext context, long maxBytes) {
    this.context = context;
    this.maxBytes = maxBytes;
  }

  private record Held(CellTable table, String root) {}

  /** Where the cells of an epoch come from when they are not held. */
  @FunctionalInterface
  interface Source {
    PublishedCells read(Epoch epoch);
  }

  CellTable of(Epoch epoch, CellLayout layout, Source source) {
    String key = epoch.contractId() + "/" + epoch.rollupId();
    var known = held.get(key);
    if (known != null && known.root().equals(epoch.root())) {
      return known.table();
    }
    var cells = source.read(epoch);
    if (known != null && !known.table().layout().equals(layout)) {
      known.table().close();
      held.remove(key);
      known = null;
    }
    makeRoom(layout);
    var table = known == null ? new CellTable(context, layout) : known.table();
    for (int column = 0; column < epoch.width(); column++) {
      long[] before = table.measure(column);
      for (int cell = 0; cell < epoch.cells(); cell++) {
        if (before[cell] != cells.value(cell, column)) {
          table.set(column, cell, cells.value(cell, column));
        }
      }
    }
    table.publish();
    held.put(key, new Held(table, epoch.root()));
    return table;
  }

  private void makeRoom(CellLayout layout) {
    long needed =
        2L * Integer.BYTES * layout.parameters().degree() * layout.outputs() * layout.terms();
    if (needed > maxBytes) {
      throw new IllegalStateException("the cells take more memory than this worker may use");
    }
    while (!held.isEmpty() && bytes() + needed > maxBytes) {
      var eldest = held.entrySet().iterator().next();
      eldest.getValue().table().close();
      held.remove(eldest.getKey());
    }
  }

  long bytes() {
    return held.values().stream().mapToLong(one -> one.table().bytes()).sum();
  }

  @Override
  public void close() {
    held.values().forEach(one -> one.table().close());
    held.clear();
  }
}
