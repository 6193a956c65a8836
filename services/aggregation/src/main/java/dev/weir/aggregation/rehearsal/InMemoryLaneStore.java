package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.lane.LaneStore;
import dev.weir.aggregation.lane.LaneTable;
import dev.weir.dap.wire.Bytes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tables in memory with one transaction at a time, which can be undone. Confined. */
public final class InMemoryLaneStore implements LaneStore {
  private final Map<LaneTable, NavigableMap<Bytes, Bytes>> tables = new EnumMap<>(LaneTable.class);
  private final Deque<Runnable> undo = new ArrayDeque<>();

  public InMemoryLaneStore() {
    for (LaneTable table : LaneTable.values()) {
      tables.put(table, new TreeMap<>());
    }
  }

  /** What was changed since the last call stays. */
  public void commit() {
    undo.clear();
  }

  /** What was changed since the last commit never was. */
  public void rollback() {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
  }

  @Override
  public Optional<Bytes> get(LaneTable table, Bytes key) {
    return Optional.ofNullable(of(table).get(key));
  }

  @Override
  public void put(LaneTable table, Bytes key, Bytes value) {
    remember(table, key, of(table).put(key, value));
  }

  @Override
  public void remove(LaneTable table, Bytes key) {
    remember(table, key, of(table).remove(key));
  }

  @Override
  public void scan(LaneTable table, Bytes from, Bytes to, Predicate<Entry> visitor) {
    var entries =
        List.copyOf(of(table).subMap(from, true, to, true).entrySet()).stream()
            .map(entry -> new Entry(entry.getKey(), entry.getValue()))
            .iterator();
    boolean more = true;
    while (more && entries.hasNext()) {
      more = visitor.test(entries.next());
    }
  }

  private void remember(LaneTable table, Bytes key, @Nullable Bytes before) {
    undo.push(() -> {
      if (before == null) {
        of(table).remove(key);
      } else {
        of(table).put(key, before);
      }
    });
  }

  private NavigableMap<Bytes, Bytes> of(LaneTable table) {
    var rows = tables.get(table);
    if (rows == null) {
      throw new IllegalStateException("every table is there");
    }
    return rows;
  }
}
