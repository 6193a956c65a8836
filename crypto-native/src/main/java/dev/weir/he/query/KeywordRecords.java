package dev.weir.he.query;

import static java.util.Objects.requireNonNull;

import dev.weir.he.HeContext;
import dev.weir.he.oprf.OprfKey;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.SequencedMap;

/**
 * Values under keywords, locked one by one and laid out so that two lookups find any of them.
 * Places without an entry hold random bytes. Whoever evaluates lookups needs these bytes and no
 * key. Immutable.
 */
public final class KeywordRecords {
  private final KeywordShape shape;
  private final ByteBuffer bytes;

  private KeywordRecords(KeywordShape shape, ByteBuffer bytes) {
    this.shape = shape;
    this.bytes = bytes;
  }

  /** The shape alone, which is public: it follows from the keywords in their order. */
  public static KeywordShape shape(SequencedMap<String, ?> values, int valueBytes) {
    return CuckooTable.of(values.sequencedKeySet(), valueBytes).shape();
  }

  /**
   * @param values by keyword; secret
   * @param valueBytes longest value that may ever be in this table: the longest of today would tell
   * @param random fills empty places
   */
  public static KeywordRecords of(
      RecordLock lock,
      OprfKey key,
      SequencedMap<String, byte[]> values,
      int valueBytes,
      SecureRandom random) {
    var cuckoo = CuckooTable.of(values.sequencedKeySet(), valueBytes);
    var shape = cuckoo.shape();
    var all = new byte[Math.multiplyExact(shape.records(), LookupShape.RECORD_BYTES)];
    random.nextBytes(all);
    for (int record = 0; record < shape.records(); record++) {
      int at = record * LookupShape.RECORD_BYTES;
      for (var keyword : cuckoo.record(record)) {
        byte[] value = requireNonNull(values.get(keyword));
        byte[] locked = lock.lock(key, lock.name(keyword), value, shape.placeBytes());
        System.arraycopy(locked, 0, all, at, locked.length);
        at += locked.length;
      }
    }
    return new KeywordRecords(shape, ByteBuffer.wrap(all).asReadOnlyBuffer());
  }

  /** What both sides know. */
  public KeywordShape shape() {
    return shape;
  }

  /** All records, one after the other, each of {@link LookupShape#RECORD_BYTES}. */
  public ByteBuffer bytes() {
    return bytes.duplicate();
  }

  /** A table that is looked up by the two positions of a keyword; the caller closes it. */
  public RecordTable table(HeContext context) {
    return RecordTable.of(context, shape.lookup(), bytes());
  }
}
