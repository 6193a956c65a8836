package dev.weir.privacy.merkle;

import java.util.Arrays;

/** Finds nodes in the tiles of a log of a fixed size. */
public final class TileReader implements NodeReader {
  private final TreeHasher hasher;
  private final long size;
  private final TileBytes tiles;

  /** Where tiles come from. */
  @FunctionalInterface
  public interface TileBytes {
    /**
     * @return {@code tile.width()} hashes, concatenated
     */
    byte[] read(TilePath tile);
  }

  public TileReader(TreeHasher hasher, long size, TileBytes tiles) {
    this.hasher = hasher;
    this.size = size;
    this.tiles = tiles;
  }

  @Override
  public Hash node(int level, long index) {
    int tileLevel = level / TilePath.HEIGHT;
    int above = level % TilePath.HEIGHT;
    long first = index << above;
    var tile = TilePath.holding(tileLevel, first, size);
    var bytes = tiles.read(tile);
    if (bytes.length != tile.width() * hasher.hashBytes()) {
      throw new IllegalStateException("a tile has the wrong length: " + tile.path());
    }
    return fold(bytes, (int) (first % TilePath.FULL), 1 << above);
  }

  private Hash fold(byte[] tile, int first, int width) {
    if (width == 1) {
      int bytes = hasher.hashBytes();
      return Hash.of(Arrays.copyOfRange(tile, first * bytes, (first + 1) * bytes));
    }
    int half = width / 2;
    return hasher.node(fold(tile, first, half), fold(tile, first + half, half));
  }
}
