package dev.weir.he.query;

import dev.weir.he.Ciphertexts;
import dev.weir.he.GaloisKeys;
import dev.weir.he.HeContext;
import dev.weir.he.Selectors;
import dev.weir.he.Tiles;
import dev.weir.he.Words;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

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

  /**
   * With all its records.
   *
   * @param records one after the other; what is missing is zero
   */
  public static RecordTable of(HeContext context, LookupShape shape, ByteBuffer records) {
    var table = new RecordTable(context, shape);
    int group = LookupShape.RECORDS_PER_PLAINTEXT * LookupShape.RECORD_BYTES;
    for (int at = 0; at < records.remaining(); at += group) {
      int length = Math.min(group, records.remaining() - at);
      table.put(at / group, records.slice(records.position() + at, length));
    }
    return table;
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

  /** A question and the keys that came with it; both stay the caller's. */
  public record Asked(Ciphertexts query, GaloisKeys keys) {}

  /**
   * From gate to packed reply.
   *
   * @param query one ciphertext
   * @param keys for {@link LookupShape#leaves}
   * @return {@link LookupShape#replyBytes}
   */
  public ByteBuffer answer(Ciphertexts query, GaloisKeys keys) {
    return answer(List.of(new Asked(query, keys))).getFirst();
  }

  /**
   * Several questions, of any askers, in one pass over the records. A question takes 128 KiB of
   * native memory for each leaf while this lasts.
   */
  public List<ByteBuffer> answer(List<Asked> questions) {
    var expanded = new ArrayList<Selectors>();
    var rows = new ArrayList<Selectors>();
    try {
      for (var asked : questions) {
        expanded.add(asked.query().expandSelectors(0, asked.keys(), shape.leaves()));
        rows.add(expanded.getLast().part(0, shape.rows()));
      }
      return second(first(rows), expanded);
    } finally {
      rows.forEach(Selectors::close);
      expanded.forEach(Selectors::close);
    }
  }

  /** Truncated, by question and column. */
  private ByteBuffer first(List<Selectors> rows) {
    try (var products = tiles.products(rows)) {
      products.accumulate(0, tiles.units());
      try (var found = products.finish()) {
        return found.truncate(shape.window());
      }
    }
  }

  private List<ByteBuffer> second(ByteBuffer found, List<Selectors> expanded) {
    var replies = new ArrayList<ByteBuffer>();
    int each = found.remaining() / expanded.size();
    try (var second = context.tiles(LookupShape.REPLY_PARTS, shape.columns())) {
      for (int question = 0; question < expanded.size(); question++) {
        fill(second, found.slice(question * each, each));
        try (var columns = expanded.get(question).part(shape.rows(), shape.columns());
            var reply = second.multiply(columns)) {
          replies.add(LookupReply.pack(shape, reply.truncate(LookupReply.whole())));
        }
      }
    }
    return replies;
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
