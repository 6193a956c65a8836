package dev.weir.audit.log;

import dev.weir.privacy.merkle.GrowingTree;
import dev.weir.privacy.merkle.Hash;
import dev.weir.privacy.merkle.TilePath;
import dev.weir.privacy.merkle.TreeHasher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Grows one tree and writes its tiles. Confined to the sequencer. */
final class TreeWriter {
  private final TreeHasher hasher;
  private final TileFiles files;
  private final GrowingTree tree;
  private final List<OpenTile> open = new ArrayList<>();
  private final List<PendingTile> full = new ArrayList<>();

  /**
   * @param size of the tree whose tiles are in {@code files}
   */
  TreeWriter(TreeHasher hasher, TileFiles files, long size) {
    this.hasher = hasher;
    this.files = files;
    if (size > 0) {
      loadEdge(size);
    }
    this.tree = GrowingTree.resume(hasher, this::collect, size, files.reader(hasher, size));
  }

  void append(Hash leaf) {
    tree.append(leaf);
  }

  long size() {
    return tree.size();
  }

  Hash root() {
    return tree.root();
  }

  /** Writes every tile that changed since the last call. */
  void flush() throws IOException {
    for (var tile : full) {
      files.write(tile.path(), concatenate(tile.hashes()));
    }
    full.clear();
    for (int level = 0; level < open.size(); level++) {
      var tile = open.get(level);
      if (tile.dirty && !tile.hashes.isEmpty()) {
        files.write(new TilePath(level, tile.index, tile.hashes.size()), concatenate(tile.hashes));
      }
      tile.dirty = false;
    }
  }

  private void collect(int level, long index, Hash hash) {
    if (level % TilePath.HEIGHT != 0) {
      return;
    }
    int tileLevel = level / TilePath.HEIGHT;
    while (open.size() <= tileLevel) {
      open.add(new OpenTile());
    }
    var tile = open.get(tileLevel);
    tile.hashes.add(hash);
    tile.dirty = true;
    if (tile.hashes.size() == TilePath.FULL) {
      full.add(
          new PendingTile(
              new TilePath(tileLevel, tile.index, TilePath.FULL), List.copyOf(tile.hashes)));
      tile.hashes.clear();
      tile.index++;
    }
  }

  private void loadEdge(long size) {
    for (int level = 0; size >>> (level * TilePath.HEIGHT) > 0; level++) {
      long items = size >>> (level * TilePath.HEIGHT);
      var tile = new OpenTile();
      tile.index = items >>> TilePath.HEIGHT;
      int width = (int) (items % TilePath.FULL);
      if (width > 0) {
        tile.hashes.addAll(
            files.hashes(new TilePath(level, tile.index, width), hasher.hashBytes()));
      }
      open.add(tile);
    }
  }

  private static byte[] concatenate(List<Hash> hashes) {
    var out = new ByteArrayOutputStream();
    hashes.forEach(hash -> out.writeBytes(hash.bytes()));
    return out.toByteArray();
  }

  private static final class OpenTile {
    private long index;
    private boolean dirty;
    private final List<Hash> hashes = new ArrayList<>();
  }

  private record PendingTile(TilePath path, List<Hash> hashes) {}
}
