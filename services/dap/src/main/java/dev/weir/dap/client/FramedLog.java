package dev.weir.dap.client;

import dev.weir.dap.client.JournalException.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/**
 * Records behind each other in a file of one process: length, CRC-32 and body of each. What a crash
 * tore off at the end is cut off; damage before it is refused. Confined.
 */
final class FramedLog implements AutoCloseable {
  private static final int HEAD = 2 * Integer.BYTES;
  private static final int MOST_BYTES = 1 << 26;

  private final Path path;
  private final FileChannel file;
  private boolean broken;

  /** Takes the records of a log that is opened. */
  interface Records {
    /**
     * @param at where the body begins
     * @return whether the log may end behind this record
     */
    boolean take(byte[] body, long at);
  }

  /**
   * @param file open for reading and writing; closed with the log
   */
  FramedLog(Path path, FileChannel file) {
    this.path = path;
    this.file = file;
  }

  /**
   * @param path in a directory that is there
   */
  static FramedLog open(Path path) {
    try {
      return new FramedLog(
          path,
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw new UncheckedIOException("the journal cannot be opened", e);
    }
  }

  /**
   * Reads what is whole; from now on records are appended behind it.
   *
   * @throws JournalException when another process works on it, or it is damaged
   */
  void recover(Records records) {
    try {
      requireAlone();
      DurableFile.keepName(path);
      file.truncate(scanned(records));
      file.position(file.size());
    } catch (IOException e) {
      throw new UncheckedIOException("the journal cannot be opened", e);
    }
  }

  private void requireAlone() throws IOException {
    boolean alone;
    try {
      alone = file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      alone = false; // another thread of this process
    }
    if (!alone) {
      throw new JournalException(Fault.IN_USE, path, "another process works on this journal");
    }
  }

  /** Where the log ends. */
  private long scanned(Records records) throws IOException {
    long at = 0;
    long whole = 0;
    var head = ByteBuffer.allocate(HEAD);
    while (filled(head.clear(), at)) {
      head.flip();
      int length = head.getInt();
      int checksum = head.getInt();
      var body = new byte[isLength(length) ? length : 0];
      if (body.length == 0
          || !filled(ByteBuffer.wrap(body), at + HEAD)
          || checksum(ByteBuffer.wrap(body)) != checksum) {
        requireTorn(at);
        return whole;
      }
      boolean mayEnd = records.take(body, at + HEAD);
      at += HEAD + length;
      whole = mayEnd ? at : whole;
    }
    return whole;
  }

  /**
   * Nothing whole follows where a crash tore the end off. Where something does, a record was
   * changed after it was kept, and what was said behind it would be forgotten.
   */
  private void requireTorn(long damaged) throws IOException {
    long rest = Math.min(file.size() - damaged, Integer.MAX_VALUE);
    var bytes = file.map(FileChannel.MapMode.READ_ONLY, damaged, rest);
    for (int at = 1; at + HEAD < rest; at++) {
      int length = bytes.getInt(at);
      if (isLength(length)
          && length <= rest - at - HEAD
          && checksum(bytes.slice(at + HEAD, length)) == bytes.getInt(at + Integer.BYTES)) {
        throw new JournalException(
            Fault.DAMAGED, path, "the journal is damaged at byte " + damaged);
      }
    }
  }

  private static boolean isLength(int length) {
    return length > 0 && length <= MOST_BYTES;
  }

  /** Returns where the body begins; {@link #keep} before anybody relies on it. */
  long append(byte[] body) {
    requireSound();
    var framed = ByteBuffer.allocate(HEAD + body.length);
    framed.putInt(body.length).putInt(checksum(ByteBuffer.wrap(body))).put(body).flip();
    try {
      long at = file.position() + HEAD;
      while (framed.hasRemaining()) {
        file.write(framed);
      }
      return at;
    } catch (IOException e) {
      broken = true; // what came behind half a record would be cut off with it
      throw new UncheckedIOException("the journal cannot be written", e);
    }
  }

  /** Returns once everything that was appended would survive a power cut. */
  void keep() {
    requireSound();
    try {
      file.force(false);
    } catch (IOException e) {
      broken = true;
      throw new UncheckedIOException("the journal cannot be kept", e);
    }
  }

  private void requireSound() {
    if (broken) {
      throw new JournalException(
          Fault.UNWRITTEN, path, "the journal could not be written; open it anew to go on");
    }
  }

  byte[] read(long at, int length) {
    var bytes = new byte[length];
    try {
      if (!filled(ByteBuffer.wrap(bytes), at)) {
        throw new IllegalStateException("the journal has become shorter");
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("the journal cannot be read", e);
    }
  }

  private boolean filled(ByteBuffer buffer, long at) throws IOException {
    long from = at;
    while (buffer.hasRemaining()) {
      int read = file.read(buffer, from);
      if (read < 0) {
        return false;
      }
      from += read;
    }
    return true;
  }

  private static int checksum(ByteBuffer body) {
    var crc = new CRC32();
    crc.update(body);
    return (int) crc.getValue();
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
