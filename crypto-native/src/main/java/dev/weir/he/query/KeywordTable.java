package dev.weir.he.query;

import dev.weir.he.HeContext;
import dev.weir.he.oprf.OprfKey;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Map;

/**
 * The evaluator's side of lookup by keyword: values locked one by one and laid out so that two
 * lookups find any of them. Places without an entry hold random bytes. Thread-safe once made.
 */
public final class KeywordTable implements AutoCloseable {
  private final KeywordShape shape;
  private final RecordTable records;

  private KeywordTable(KeywordShape shape, RecordTable records) {
    this.shape = shape;
    this.records = records;
  }

  /**
   * @param values by keyword; secret
   * @param valueBytes longest value that may ever be in this table: the longest of today would tell
   * @param random fills empty places
   */
  public static KeywordTable of(
      HeContext context,
      RecordLock lock,
      OprfKey key,
      Map<String, byte[]> values,
      int valueBytes,
      SecureRandom random) {
    var cuckoo = CuckooTable.of(values.keySet(), valueBytes);
    var shape = cuckoo.shape();
    var records = new RecordTable(context, shape.lookup());
    for (int first = 0; first < shape.records(); first += LookupShape.RECORDS_PER_PLAINTEXT) {
      var group = new byte[LookupShape.RECORDS_PER_PLAINTEXT * LookupShape.RECORD_BYTES];
      random.nextBytes(group);
      int end = Math.min(first + LookupShape.RECORDS_PER_PLAINTEXT, shape.records());
      for (int record = first; record < end; record++) {
        int at = (record - first) * LookupShape.RECORD_BYTES;
        for (var keyword : cuckoo.record(record)) {
          byte[] locked =
              lock.lock(key, lock.name(keyword), values.get(keyword), shape.placeBytes());
          System.arraycopy(locked, 0, group, at, locked.length);
          at += locked.length;
        }
      }
      records.put(first / LookupShape.RECORDS_PER_PLAINTEXT, ByteBuffer.wrap(group));
    }
    return new KeywordTable(shape, records);
  }

  /** What both sides know. */
  public KeywordShape shape() {
    return shape;
  }

  /** Looked up by the two positions of a keyword. */
  public RecordTable records() {
    return records;
  }

  @Override
  public void close() {
    records.close();
  }
}
