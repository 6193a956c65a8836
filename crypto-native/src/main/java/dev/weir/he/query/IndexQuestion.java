package dev.weir.he.query;

import dev.weir.he.HeContext;
import dev.weir.he.SecretKey;
import dev.weir.he.Words;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The asker's side of lookup of an entry by its index. What is asked for does not show. */
public final class IndexQuestion {
  private final IndexShape shape;
  private final RecordLock lock;
  private final LookupQuestion lookup;

  public IndexQuestion(HeContext context, IndexShape shape, RecordLock lock) {
    this.shape = shape;
    this.lock = lock;
    this.lookup = new LookupQuestion(context, shape.lookup());
  }

  /** One seeded ciphertext. */
  public List<Words> ask(SecretKey secret, int index) {
    if (index < 0 || index >= shape.entries()) {
      throw new IllegalArgumentException("no such entry");
    }
    return List.of(lookup.ask(secret, shape.record(index)));
  }

  /**
   * The entry.
   *
   * @param value of the function on {@link RecordLock#name(int)}
   * @param replies to the one ciphertext
   * @return empty when the reply is to something else
   */
  public Optional<byte[]> open(
      SecretKey secret, int index, byte[] value, List<ByteBuffer> replies) {
    byte[] record = lookup.record(secret, shape.record(index), replies.getFirst());
    int from = shape.from(index);
    byte[] place = Arrays.copyOfRange(record, from, from + shape.placeBytes());
    return lock.open(value, lock.name(index), place);
  }
}
