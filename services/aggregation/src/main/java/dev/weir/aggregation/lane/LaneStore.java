package dev.weir.aggregation.lane;

import dev.weir.dap.wire.Bytes;
import java.util.Optional;
import java.util.function.Predicate;

/** Sorted tables of bytes that change together, or not at all. Confined to the lane's thread. */
public interface LaneStore {
  Optional<Bytes> get(LaneTable table, Bytes key);

  void put(LaneTable table, Bytes key, Bytes value);

  void remove(LaneTable table, Bytes key);

  /**
   * Entries from {@code from} to {@code to}, both included, by key, while the visitor wants more.
   */
  void scan(LaneTable table, Bytes from, Bytes to, Predicate<Entry> visitor);

  record Entry(Bytes key, Bytes value) {}
}
