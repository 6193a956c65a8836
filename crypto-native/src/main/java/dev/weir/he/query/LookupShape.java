package dev.weir.he.query;

import dev.weir.he.HeParameters;
import dev.weir.he.ReplyShape;

/**
 * How records become plaintexts, and plaintexts a rectangle, for private lookup by index. Both
 * sides compute it from the number of records.
 *
 * @param records of {@link #RECORD_BYTES} each
 */
public record LookupShape(int records) {
  public static final HeParameters PARAMETERS = HeParameters.LOOKUP_4096;
  public static final int RECORD_BYTES = 1024;

  static final int DIGIT_BYTES = 2; // below the plain modulus 65537
  static final int RECORD_DIGITS = RECORD_BYTES / DIGIT_BYTES;
  static final int RECORDS_PER_PLAINTEXT = PARAMETERS.degree() / RECORD_DIGITS;
  static final int REPLY_PARTS = 2;

  /** Rounding is then sixteen standard deviations below what decryption takes. */
  static final int BITS = 25;

  private static final int FEWEST_LEAVES = 16;
  private static final int MOST_LEAVES = 1024;

  public LookupShape {
    if (records < 1 || plaintexts(records) > (long) MOST_LEAVES / 2 * MOST_LEAVES / 2) {
      throw new IllegalArgumentException("1 to 2^21 records");
    }
  }

  public int plaintexts() {
    return plaintexts(records);
  }

  /** Leaves of the expanded query: enough for a row and a column, and a power of two. */
  public int leaves() {
    int leaves = FEWEST_LEAVES;
    while ((long) leaves / 2 * leaves / 2 < plaintexts()) {
      leaves *= 2;
    }
    return leaves;
  }

  /** Ciphertexts between the two dimensions: as few as the leaves allow. */
  public int columns() {
    int columns = 1;
    while ((long) (leaves() - columns) * columns < plaintexts()) {
      columns++;
    }
    return columns;
  }

  /** Plaintexts of a column. */
  public int rows() {
    return (plaintexts() + columns() - 1) / columns();
  }

  /** The front of a plaintext, to which a query moves its record. */
  public ReplyShape window() {
    return new ReplyShape(BITS, 0, Math.max(RECORD_DIGITS, leaves()));
  }

  /** Digits that stand for one truncated ciphertext in the second dimension. */
  int digits() {
    return window().bytes(PARAMETERS) / DIGIT_BYTES;
  }

  /** Coefficients of c0 that a part of the reply needs. */
  int digitsOfPart(int part) {
    return Math.min(PARAMETERS.degree(), digits() - part * PARAMETERS.degree());
  }

  /** Bytes of every reply. */
  public int replyBytes() {
    int bytes = 0;
    for (int part = 0; part < REPLY_PARTS; part++) {
      bytes += LookupReply.partBytes(digitsOfPart(part));
    }
    return bytes;
  }

  private static int plaintexts(int records) {
    return (records + RECORDS_PER_PLAINTEXT - 1) / RECORDS_PER_PLAINTEXT;
  }
}
