package dev.weir.query.rollup;

import dev.weir.runtime.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Cells as they leave: noised, or exact and cleared. Shape [cells][width], row-major; a cell that
 * is not shown is all zero. Not changed once it is handed on.
 */
public final class PublishedCells {
  /** Cells of one stored tile; one polynomial of the encrypted sum at the smallest degree. */
  static final int TILE_CELLS = 4_096;

  private final int cells;
  private final int width;
  private final long[] values;
  private final BitSet shown;

  PublishedCells(int cells, int width) {
    this.cells = cells;
    this.width = width;
    this.values = new long[cells * width];
    this.shown = new BitSet(cells);
  }

  /**
   * Some cells in a row.
   *
   * @param values [cells][width], row-major
   * @param shown one bit per cell
   */
  record Tile(int firstCell, int cells, List<Long> values, BitSet shown) {
    Tile {
      values = List.copyOf(values);
      shown = (BitSet) shown.clone();
    }
  }

  public int cells() {
    return cells;
  }

  public int width() {
    return width;
  }

  public boolean shown(int cell) {
    return shown.get(cell);
  }

  public long value(int cell, int column) {
    return values[cell * width + column];
  }

  /**
   * Cells from stored tiles, one after the other; whether they are those that were released, {@link
   * #root} tells.
   *
   * @throws IllegalArgumentException when there are more or fewer bytes than such cells have
   */
  public static PublishedCells ofTiles(int cells, int width, byte[] stored) {
    var read = new PublishedCells(cells, width);
    int at = 0;
    for (int tile = 0; tile < read.tiles(); tile++) {
      int to = at + read.bytes(tile).length;
      if (to > stored.length) {
        throw new IllegalArgumentException("cells are missing");
      }
      read.read(tile, Arrays.copyOfRange(stored, at, to));
      at = to;
    }
    if (at != stored.length) {
      throw new IllegalArgumentException("there are more cells than declared");
    }
    return read;
  }

  /** One value of every cell, in order. */
  public LongBuffer column(int column) {
    var all = LongBuffer.allocate(cells);
    for (int cell = 0; cell < cells; cell++) {
      all.put(value(cell, column));
    }
    return all.flip();
  }

  void show(int cell, long... row) {
    if (row.length != width) {
      throw new IllegalArgumentException("a cell has " + width + " values");
    }
    shown.set(cell);
    System.arraycopy(row, 0, values, cell * width, width);
  }

  /** Bits that hold every value with its sign, at least 2. */
  int valueBits() {
    int bits = 2;
    for (long value : values) {
      bits = Math.max(bits, Long.SIZE + 1 - Long.numberOfLeadingZeros(value ^ (value >> 63)));
    }
    return bits;
  }

  /** Takes a cell over as another table has it. */
  void keep(PublishedCells other, int cell) {
    if (other.shown(cell)) {
      shown.set(cell);
      System.arraycopy(other.values, cell * width, values, cell * width, width);
    }
  }

  public boolean same(PublishedCells other, int cell) {
    boolean same = shown(cell) == other.shown(cell);
    for (int column = 0; same && column < width; column++) {
      same = value(cell, column) == other.value(cell, column);
    }
    return same;
  }

  int tiles() {
    return Math.ceilDiv(cells, TILE_CELLS);
  }

  /** All cells, tile by tile. */
  List<Tile> allTiles() {
    var tiles = new ArrayList<Tile>(tiles());
    for (int first = 0; first < cells; first += TILE_CELLS) {
      tiles.add(tile(first, Math.min(TILE_CELLS, cells - first)));
    }
    return tiles;
  }

  /** Only the cells that differ from what was published before, one by one. */
  List<Tile> changesSince(PublishedCells before) {
    var tiles = new ArrayList<Tile>();
    for (int cell = 0; cell < cells; cell++) {
      if (!same(before, cell)) {
        tiles.add(tile(cell, 1));
      }
    }
    return tiles;
  }

  private Tile tile(int first, int count) {
    var boxed = new ArrayList<Long>(count * width);
    for (int i = first * width; i < (first + count) * width; i++) {
      boxed.add(values[i]);
    }
    return new Tile(first, count, boxed, shown.get(first, first + count));
  }

  /** A stored tile: the values as 8 bytes each, big-endian, then a bit per cell. */
  byte[] bytes(int tile) {
    int first = tile * TILE_CELLS;
    int count = Math.min(TILE_CELLS, cells - first);
    var bytes = ByteBuffer.allocate(count * width * Long.BYTES + Math.ceilDiv(count, Byte.SIZE));
    for (int i = first * width; i < (first + count) * width; i++) {
      bytes.putLong(values[i]);
    }
    bytes.put(shown.get(first, first + count).toByteArray());
    return bytes.array();
  }

  /** Reads a stored tile back. */
  void read(int tile, byte[] stored) {
    int first = tile * TILE_CELLS;
    int count = Math.min(TILE_CELLS, cells - first);
    var bytes = ByteBuffer.wrap(stored);
    for (int i = first * width; i < (first + count) * width; i++) {
      values[i] = bytes.getLong();
    }
    var bits = BitSet.valueOf(bytes.slice());
    shown.clear(first, first + count);
    bits.stream().forEach(bit -> shown.set(first + bit));
  }

  /**
   * SHA-256 over the tiles' SHA-256 in order, each as 64 hexadecimal digits: whoever holds all
   * tiles can check that they are those that were released.
   */
  public String root() {
    var digests = new ByteArrayOutputStream();
    for (int tile = 0; tile < tiles(); tile++) {
      digests.writeBytes(Json.sha256Hex(bytes(tile)).getBytes(StandardCharsets.US_ASCII));
    }
    return Json.sha256Hex(digests.toByteArray());
  }
}
