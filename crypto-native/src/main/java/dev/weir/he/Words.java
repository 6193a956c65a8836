package dev.weir.he;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * 64-bit words outside the heap, in the byte order of the machine: what native calls read and
 * write. Its owner writes it from one thread; the memory goes with the last reference.
 */
public final class Words {
  private final ByteBuffer bytes;
  private final LongBuffer longs;

  private Words(ByteBuffer bytes) {
    this.bytes = bytes;
    this.longs = bytes.asLongBuffer();
  }

  /**
   * Zeroed words.
   *
   * @throws IllegalArgumentException when they would not fit into one buffer of 2 GiB
   */
  public static Words allocate(long count) {
    long size = Math.multiplyExact(count, Long.BYTES);
    if (size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("more words than one buffer holds: " + count);
    }
    return new Words(ByteBuffer.allocateDirect((int) size).order(ByteOrder.nativeOrder()));
  }

  public static Words of(long... values) {
    var words = allocate(values.length);
    words.longs.put(0, values);
    return words;
  }

  public int count() {
    return longs.capacity();
  }

  public long get(int index) {
    return longs.get(index);
  }

  public Words set(int index, long value) {
    longs.put(index, value);
    return this;
  }

  /** The same memory, not a copy. */
  public Words slice(int from, int count) {
    return new Words(
        bytes.slice(from * Long.BYTES, count * Long.BYTES).order(ByteOrder.nativeOrder()));
  }

  /** Copies all of {@code source} to position {@code from}. */
  public Words put(int from, Words source) {
    longs.put(from, source.longs, 0, source.count());
    return this;
  }

  /** Copies what the source has left to position {@code from}. */
  public Words put(int from, LongBuffer source) {
    longs.put(from, source, source.position(), source.remaining());
    return this;
  }

  /** The same memory, read-only. */
  public LongBuffer readOnly() {
    return longs.asReadOnlyBuffer();
  }

  public long[] toArray() {
    var values = new long[count()];
    longs.get(0, values);
    return values;
  }

  /** Overwrites everything with zeros. */
  public void erase() {
    for (int i = 0; i < count(); i++) {
      longs.put(i, 0);
    }
  }

  ByteBuffer bytes() {
    return bytes;
  }

  /** Only the count: the words may be secret. */
  @Override
  public String toString() {
    return "Words[" + count() + "]";
  }
}
