package dev.weir.query.he.evaluator;

import dev.weir.he.HeContext;
import dev.weir.he.query.LookupShape;
import dev.weir.he.query.RecordTable;
import dev.weir.query.he.evaluator.Exchange.Records;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Locked records that this process holds in native memory, the least recently used let go first.
 * Confined to the process's thread.
 */
final class HeldRecords implements AutoCloseable {
  /** Tiles of 32-bit words over two primes take four times the records. */
  private static final int BYTES_PER_RECORD = 4 * LookupShape.RECORD_BYTES;

  private final long maxBytes;
  private final Map<Records, RecordTable> held = new LinkedHashMap<>(16, 0.75f, true);

  HeldRecords(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  Optional<RecordTable> of(Records wanted) {
    return Optional.ofNullable(held.get(wanted));
  }

  /**
   * @throws IllegalStateException when they take more memory than there may be
   */
  void hold(HeContext context, Records records, ByteBuffer bytes) {
    long needed = (long) records.count() * BYTES_PER_RECORD;
    if (needed > maxBytes) {
      throw new IllegalStateException("the records take more memory than this process may use");
    }
    while (!held.isEmpty() && bytes() + needed > maxBytes) {
      var eldest = held.entrySet().iterator().next();
      eldest.getValue().close();
      held.remove(eldest.getKey());
    }
    var before =
        Optional.ofNullable(
            held.put(records, RecordTable.of(context, new LookupShape(records.count()), bytes)));
    before.ifPresent(RecordTable::close);
  }

  private long bytes() {
    return held.values().stream().mapToLong(RecordTable::bytes).sum();
  }

  @Override
  public void close() {
    held.values().forEach(RecordTable::close);
    held.clear();
  }
}
