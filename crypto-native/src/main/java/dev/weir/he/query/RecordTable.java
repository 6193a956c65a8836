package dev.weir.he.query;

import dev.weir.he.Ciphertexts;
import dev.weir.he.GaloisKeys;
import dev.weir.he.HeContext;
import dev.weir.he.Tiles;
import dev.weir.he.Words;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Records that can be looked up by index without saying which. The first dimension reads all of
 * them; what it finds is truncated, cut into digits and selected from once more. A record whose
 * content is nobody's but its asker's must be encrypted before it comes here: a query can be any
 * combination.
 *
 * <p>Written by one thread before it is asked; then thread-safe.
 */
public final class RecordTable implements AutoCloseable {
  private static final int HALF = 1 << (Short.SIZE - 1);

  private final HeContext context;
  private final LookupShape shape;
  private final Tiles tiles;

  /** All records zero. The context stays the caller's. */
  public RecordTable(HeContext context, LookupShape shape) {
    if (context.parameters() != LookupShape.PARAMETERS) {
      throw new IllegalArgumentException("lookup has a parameter set of its own");
    }
    this.context = context;
    this.shape = shape;
    this.tiles = context.tiles(shape.columns(), shape.rows());
  }

  /** Native memory of the tiles: four times the records. */
  public long bytes() {
    return tiles.bytes();
  }

  /**
   * @param plaintext which group of eight records
   * @param records up to eight of {@link LookupShape#RECORD_BYTES}
   */
  public void put(int plaintext, ByteBuffer records) {
    var digits = Words.allocate(LookupShape.PARAMETERS.degree());
    write(records, digits, 0);
    tiles.put(plaintext / shape.rows(), plaintext % shape.rows(), digits);
  }

  /**
   * From gate to packed reply.
   *
   * @param query one ciphertext
   * @param keys for {@link LookupShape#leaves}
   * @return {@link LookupShape#replyBytes}
   */
  public ByteBuffer answer(Ciphertexts query, GaloisKeys keys) {
    try (var expanded = query.expand(0, keys, shape.leaves());
        var rows = expanded.selectors(0, shape.rows());
        var columns = expanded.selectors(shape.rows(), shape.columns());
        var found = tiles.multiply(rows);
        var second = context.tiles(LookupShape.REPLY_PARTS, shape.columns())) {
      fill(second, found.truncate(shape.window()));
      try (var reply = second.multiply(columns)) {
        return LookupReply.pack(shape, reply.truncate(LookupReply.whole()));
      }
    }
  }

  @Override
  public void close() {
    tiles.close();
  }

  private void fill(Tiles second, ByteBuffer found) {
    int degree = LookupShape.PARAMETERS.degree();
    int each = shape.window().bytes(LookupShape.PARAMETERS);
    for (int part = 0; part < LookupShape.REPLY_PARTS; part++) {
      var digits = Words.allocate((long) shape.columns() * degree);
      int from = part * degree * LookupShape.DIGIT_BYTES;
      int length = shape.digitsOfPart(part) * LookupShape.DIGIT_BYTES;
      for (int column = 0; column < shape.columns(); column++) {
        write(found.slice(column * each + from, length), digits, column * degree);
      }
      second.put(part, 0, digits);
    }
  }

  /** Two bytes a coefficient, balanced: at most half the plain modulus in size. */
  private static void write(ByteBuffer bytes, Words digits, int from) {
    var in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; in.remaining() >= LookupShape.DIGIT_BYTES; i++) {
      int digit = Short.toUnsignedInt(in.getShort());
      long modulus = LookupShape.PARAMETERS.plainModulus();
      digits.set(from + i, digit > HALF ? digit - modulus : digit);
    }
  }
}
