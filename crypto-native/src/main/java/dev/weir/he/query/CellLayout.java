package dev.weir.he.query;

import dev.weir.he.HeParameters;
import dev.weir.he.ReplyShape;

/**
 * How a table of cells becomes plaintexts. Keys go {@code degree} at a time; a cell is cut into
 * balanced limbs, and each limb of each measure is one row of plaintexts. Both sides compute it
 * from the same public numbers.
 *
 * @param parameters a set for cells
 * @param keys declared group keys, empty ones included
 * @param measures values per key
 * @param cellBits cells lie in [−2^(cellBits−1), 2^(cellBits−1))
 */
public record CellLayout(HeParameters parameters, int keys, int measures, int cellBits) {
  /** Weights of an honest question, by size, add up to at most this. */
  public static final long MAX_TOTAL_WEIGHT = 1L << 20;

  private static final int MAX_CELL_BITS = 63;

  public CellLayout {
    if (keys < 1 || keys > MAX_TOTAL_WEIGHT || measures < 1) {
      throw new IllegalArgumentException("a table has 1 to 2^20 keys and at least one measure");
    }
    if (cellBits < 2 || cellBits > MAX_CELL_BITS) {
      throw new IllegalArgumentException("cells have 2 to 63 bits");
    }
    limbBits(parameters);
  }

  /** Bits of a limb: what the plain modulus holds 2^20 times. */
  public int limbBits() {
    return limbBits(parameters);
  }

  public int limbs() {
    return (cellBits + 1 + limbBits() - 1) / limbBits(); // one more: balanced limbs reach less far
  }

  /** Rows of plaintexts, and ciphertexts of a reply. */
  public int outputs() {
    return measures * limbs();
  }

  /** Plaintexts of a row, and ciphertexts of a question. */
  public int terms() {
    return (keys + parameters.degree() - 1) / parameters.degree();
  }

  /** Of each ciphertext of a reply: c1 and the one coefficient with the sum. */
  public ReplyShape replyShape() {
    return new ReplyShape(parameters.floods() ? 55 : 42, parameters.degree() - 1, 1);
  }

  /** Bytes of every reply, whatever was asked. */
  public int replyBytes() {
    return Math.multiplyExact(outputs(), replyShape().bytes(parameters));
  }

  /**
   * What a one-hot question is expanded to: one for each plaintext of a row, and a power of two.
   */
  public int leaves() {
    return Math.max(2, 2 * Integer.highestOneBit(terms() - 1));
  }

  /**
   * Of each ciphertext of a reply to a one-hot question: c1 and as many coefficients as leaves.
   *
   * @throws IllegalArgumentException for sets that flood: their noise is too small for what
   *     expansion leaves
   */
  public ReplyShape oneHotReplyShape() {
    if (parameters.floods()) {
      throw new IllegalArgumentException("one-hot questions are for sets that do not flood");
    }
    return new ReplyShape(replyShape().bits(), parameters.degree() - leaves(), leaves());
  }

  /** Bytes of every reply to a one-hot question, whichever the key. */
  public int oneHotReplyBytes() {
    return Math.multiplyExact(outputs(), oneHotReplyShape().bytes(parameters));
  }

  private static int limbBits(HeParameters parameters) {
    return switch (parameters) {
      case CELLS_4096 -> 9;
      case CELLS_8192 -> 20;
      case LOOKUP_4096, RECORDS_8192 ->
          throw new IllegalArgumentException(parameters + " is not a set for cells");
    };
  }
}
