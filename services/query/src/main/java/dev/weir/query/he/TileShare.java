package dev.weir.query.he;

import dev.weir.he.query.CellLayout;

/**
 * A run of blocks of a table of cells: what one worker holds of a table that is shared. Which it is
 * follows from public numbers.
 *
 * @param number from 0
 * @param of how many shares the table has
 */
record TileShare(int number, int of) {
  static final int MAX_SHARES = 64;

  TileShare {
    if (number < 0 || number >= of || of > MAX_SHARES) {
      throw new IllegalArgumentException("there is no such share");
    }
  }

  /**
   * How many shares a table has.
   *
   * @param maxBytes of tiles in one share, as far as blocks can be divided
   */
  static int count(CellLayout layout, long maxBytes) {
    long row = (long) layout.outputs() * layout.parameters().degree();
    long bytes = row * layout.terms() * layout.parameters().dataPrimes().size() * Integer.BYTES;
    long shares = Math.ceilDiv(bytes, maxBytes);
    return Math.clamp(shares, 1, Math.min(layout.terms(), MAX_SHARES));
  }

  /** The first of its blocks, of so many. */
  int firstBlock(int blocks) {
    return (int) ((long) number * blocks / of);
  }

  int blocks(int blocks) {
    return (int) ((number + 1L) * blocks / of) - firstBlock(blocks);
  }

  /** The first of its keys. */
  int firstKey(CellLayout whole) {
    return firstBlock(whole.terms()) * whole.parameters().degree();
  }

  /** Its part of a table. */
  CellLayout part(CellLayout whole) {
    int room = blocks(whole.terms()) * whole.parameters().degree();
    return new CellLayout(
        whole.parameters(),
        Math.min(room, whole.keys() - firstKey(whole)),
        whole.measures(),
        whole.cellBits());
  }

  @Override
  public String toString() {
    return number + "/" + of;
  }
}
