package dev.weir.intake.cleaning;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An exact set of 128-bit keys in a memory-mapped file beside the run: the heap stays flat however
 * many keys there are, and the operating system writes out what memory cannot hold. The file is
 * gone after {@link #close}. Open addressing, at most 60 % full. Confined to one thread.
 */
public final class KeySet implements AutoCloseable {
  private static final int SLOT_BYTES = 16;
  private static final long FIRST_SLOTS = 1 << 16;

  private final Path path;
  private int generation;
  private Arena arena = Arena.ofConfined();
  private MemorySegment slots;
  private long mask;
  private long size;

  /**
   * @param path prefix of the files it makes
   * @throws UncheckedIOException when the disk is full
   */
  public KeySet(Path path) {
    this.path = path;
    this.slots = map(FIRST_SLOTS);
    this.mask = FIRST_SLOTS - 1;
  }

  /**
   * Adds a key of uniformly distributed bits.
   *
   * @return false when it was there already
   */
  public boolean add(long high, long low) {
    if (size * 10 >= (mask + 1) * 6) {
      grow();
    }
    // The all-zero key marks an empty slot; it is stored as its neighbour, a 2^-127 chance.
    boolean added = put(slots, mask, high, low | (high == 0 && low == 0 ? 1 : 0));
    size += added ? 1 : 0;
    return added;
  }

  public boolean contains(long high, long low) {
    for (long at = high & mask; ; at = (at + 1) & mask) {
      long storedHigh = slots.get(ValueLayout.JAVA_LONG, at * SLOT_BYTES);
      long storedLow = slots.get(ValueLayout.JAVA_LONG, at * SLOT_BYTES + Long.BYTES);
      if (storedHigh == high && storedLow == low) {
        return true;
      }
      if (storedHigh == 0 && storedLow == 0) {
        return false;
      }
    }
  }

  public long size() {
    return size;
  }

  private static boolean put(MemorySegment into, long mask, long high, long low) {
    for (long at = high & mask; ; at = (at + 1) & mask) {
      long storedHigh = into.get(ValueLayout.JAVA_LONG, at * SLOT_BYTES);
      long storedLow = into.get(ValueLayout.JAVA_LONG, at * SLOT_BYTES + Long.BYTES);
      if (storedHigh == high && storedLow == low) {
        return false;
      }
      if (storedHigh == 0 && storedLow == 0) {
        into.set(ValueLayout.JAVA_LONG, at * SLOT_BYTES, high);
        into.set(ValueLayout.JAVA_LONG, at * SLOT_BYTES + Long.BYTES, low);
        return true;
      }
    }
  }

  private void grow() {
    Arena oldArena = arena;
    MemorySegment old = slots;
    long oldSlots = mask + 1;
    arena = Arena.ofConfined();
    slots = map(oldSlots * 4);
    mask = oldSlots * 4 - 1;
    for (long i = 0; i < oldSlots; i++) {
      long high = old.get(ValueLayout.JAVA_LONG, i * SLOT_BYTES);
      long low = old.get(ValueLayout.JAVA_LONG, i * SLOT_BYTES + Long.BYTES);
      if (high != 0 || low != 0) {
        put(slots, mask, high, low);
      }
    }
    oldArena.close();
  }

  /** Maps a file and unlinks it at once, so that nothing stays behind after a kill. */
  private MemorySegment map(long slotCount) {
    Path file = path.resolveSibling(path.getFileName() + "." + generation++);
    try (var channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      reserve(channel, slotCount * SLOT_BYTES);
      var segment = channel.map(FileChannel.MapMode.READ_WRITE, 0, slotCount * SLOT_BYTES, arena);
      Files.delete(file);
      return segment;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the zeros, so that a full disk is an exception here and not a signal later. */
  private static void reserve(FileChannel channel, long bytes) throws IOException {
    var zeros = java.nio.ByteBuffer.allocate(1 << 16);
    for (long written = 0; written < bytes; ) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - written));
      written += channel.write(zeros, written);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
