package dev.weir.aggregation.stream;

import dev.weir.aggregation.lane.LaneStore;
import dev.weir.aggregation.lane.LaneTable;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * A lane's tables in two state stores, each row's key behind the number of its table: what is
 * written once, and totals, of which only the last value before a commit goes to the changelog.
 */
final class KafkaLaneStore implements LaneStore {
  private static final String ROWS = "rows";
  private static final String TOTALS = "totals";

  private final KeyValueStore<org.apache.kafka.common.utils.Bytes, byte[]> rows;
  private final KeyValueStore<org.apache.kafka.common.utils.Bytes, byte[]> totals;

  KafkaLaneStore(ProcessorContext<?, ?> context) {
    this.rows = context.getStateStore(ROWS);
    this.totals = context.getStateStore(TOTALS);
  }

  /**
   * The stores of an application; each change goes to a changelog topic too.
   *
   * @param kept where a lane is kept while it is here: on disk or in memory
   */
  static List<StoreBuilder<?>> builders(Function<String, KeyValueBytesStoreSupplier> kept) {
    return List.of(builder(kept.apply(ROWS)), builder(kept.apply(TOTALS)).withCachingEnabled());
  }

  private static StoreBuilder<KeyValueStore<org.apache.kafka.common.utils.Bytes, byte[]>> builder(
      KeyValueBytesStoreSupplier supplier) {
    return Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray());
  }

  @Override
  public Optional<Bytes> get(LaneTable table, Bytes key) {
    return Optional.ofNullable(store(table).get(kafka(table, key))).map(Bytes::owning);
  }

  @Override
  public void put(LaneTable table, Bytes key, Bytes value) {
    store(table).put(kafka(table, key), value.toArray());
  }

  @Override
  public void remove(LaneTable table, Bytes key) {
    store(table).delete(kafka(table, key));
  }

  @Override
  public void scan(LaneTable table, Bytes from, Bytes to, Predicate<Entry> visitor) {
    try (var entries = store(table).range(kafka(table, from), kafka(table, to))) {
      boolean more = true;
      while (more && entries.hasNext()) {
        more = visitor.test(entry(entries.next()));
      }
    }
  }

  private KeyValueStore<org.apache.kafka.common.utils.Bytes, byte[]> store(LaneTable table) {
    return table.isTotal() ? totals : rows;
  }

  private static org.apache.kafka.common.utils.Bytes kafka(LaneTable table, Bytes key) {
    return org.apache.kafka.common.utils.Bytes.wrap(
        new WireWriter().u8(table.ordinal()).raw(key).toBytes().toArray());
  }

  private static Entry entry(KeyValue<org.apache.kafka.common.utils.Bytes, byte[]> row) {
    byte[] key = row.key.get();
    Bytes own =
        WireReader.whole(
            key,
            in -> {
              in.u8();
              return in.raw(key.length - 1);
            });
    return new Entry(own, Bytes.owning(row.value));
  }
}
