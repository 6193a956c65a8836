package dev.weir.query.he.evaluator;

import dev.weir.he.Words;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;

/** What the two processes say to each other; numbers big-endian. */
final class Exchange {
  /** Requests. */
  static final int HOLD = 1;

  static final int SUMS = 2;
  static final int HOLD_RECORDS = 3;
  static final int LOOKUP = 4;
  static final int HOLD_KEYS = 5;
  static final int ONE_HOT = 6;
  static final int SHARE = 7;
  static final int GATHER = 8;

  /** Answers; the first is followed by what is evaluated with. */
  static final int READY = 16;

  static final int DONE = 17;
  static final int MISSING = 18;
  static final int REFUSED = 19;

  /** Followed by the digest of the keys that are not held. */
  static final int KEYS_MISSING = 20;

  static final int SHA256_DIGITS = 64;
  private static final int CHUNK_WORDS = 8_192;

  private Exchange() {}

  /**
   * Which locked records are meant.
   *
   * @param table contract, cells and epoch
   * @param count of records
   */
  record Records(String table, int count) {

    void write(DataOutputStream out) throws IOException {
      out.writeUTF(table);
      out.writeInt(count);
    }

    static Records read(DataInputStream in) throws IOException {
      return new Records(in.readUTF(), in.readInt());
    }
  }

  /** A digest, 64 digits. */
  static String digest(DataInputStream in) throws IOException {
    String digest = new String(in.readNBytes(SHA256_DIGITS), StandardCharsets.US_ASCII);
    if (!digest.matches("[0-9a-f]{64}")) {
      throw new IOException("no digest");
    }
    return digest;
  }

  static void digest(DataOutputStream out, String digest) throws IOException {
    out.write(digest.getBytes(StandardCharsets.US_ASCII));
  }

  static void words(DataOutputStream out, LongBuffer words) throws IOException {
    var chunk = ByteBuffer.allocate(CHUNK_WORDS * Long.BYTES);
    while (words.hasRemaining()) {
      int some = Math.min(CHUNK_WORDS, words.remaining());
      chunk.asLongBuffer().put(words.slice(words.position(), some));
      words.position(words.position() + some);
      out.write(chunk.array(), 0, some * Long.BYTES);
    }
  }

  static Words words(DataInputStream in, int count) throws IOException {
    var words = Words.allocate(count);
    var chunk = ByteBuffer.allocate(CHUNK_WORDS * Long.BYTES);
    for (int at = 0; at < count; at += CHUNK_WORDS) {
      int some = Math.min(CHUNK_WORDS, count - at);
      in.readFully(chunk.array(), 0, some * Long.BYTES);
      words.put(at, chunk.asLongBuffer().limit(some));
    }
    return words;
  }

  static long[] longs(DataInputStream in, int count) throws IOException {
    var words = new long[count];
    var chunk = ByteBuffer.allocate(CHUNK_WORDS * Long.BYTES);
    for (int at = 0; at < count; at += CHUNK_WORDS) {
      int some = Math.min(CHUNK_WORDS, count - at);
      in.readFully(chunk.array(), 0, some * Long.BYTES);
      chunk.asLongBuffer().get(words, at, some);
    }
    return words;
  }
}
