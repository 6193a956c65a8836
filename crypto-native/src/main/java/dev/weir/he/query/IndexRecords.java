package dev.weir.he.query;

import dev.weir.he.oprf.OprfKey;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;

/** Values by index, locked one by one. Stateless. */
public final class IndexRecords {
  private IndexRecords() {}

  /**
   * All records, one after the other, each of {@link LookupShape#RECORD_BYTES}.
   *
   * @param values as many as the shape has entries; secret
   * @param random fills the places after the last one
   */
  public static ByteBuffer of(
      RecordLock lock, OprfKey key, List<byte[]> values, IndexShape shape, SecureRandom random) {
    if (values.size() != shape.entries()) {
      throw new IllegalArgumentException("a value for each entry");
    }
    var all = new byte[Math.multiplyExact(shape.records(), LookupShape.RECORD_BYTES)];
    random.nextBytes(all);
    for (int index = 0; index < values.size(); index++) {
      byte[] locked = lock.lock(key, lock.name(index), values.get(index), shape.placeBytes());
      int at = shape.record(index) * LookupShape.RECORD_BYTES + shape.from(index);
      System.arraycopy(locked, 0, all, at, locked.length);
    }
    return ByteBuffer.wrap(all).asReadOnlyBuffer();
  }
}
