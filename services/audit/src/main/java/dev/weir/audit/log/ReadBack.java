package dev.weir.audit.log;

import dev.weir.privacy.merkle.GrowingTree;
import dev.weir.privacy.merkle.Hash;
import dev.weir.privacy.merkle.NodeReader;
import dev.weir.privacy.merkle.Prover;
import dev.weir.privacy.merkle.TilePath;
import dev.weir.privacy.merkle.TreeHasher;

/**
 * Reads new entries and tiles back from the disk and hashes them again, before anything is signed:
 * one bit that flipped between hashing and storing made the Yeti 2022 log unusable.
 */
final class ReadBack {
  private final LogDirectory directory;

  ReadBack(LogDirectory directory) {
    this.directory = directory;
  }

  /**
   * @param from size of the last checkpoint, whose tiles were read back then
   * @return the root of the SHA-256 tree, as the disk has it
   * @throws RollbackException when files and hashes differ
   */
  Hash root(long from, long size) {
    return root(Trees.SHA256, directory.tiles(), from, size);
  }

  /** As {@link #root}, of the SM3 twin. */
  Hash twinRoot(long from, long size) {
    return root(Trees.SM3, directory.twinTiles(), from, size);
  }

  private Hash root(TreeHasher hasher, TileFiles tiles, long from, long size) {
    var nodes = tiles.reader(hasher, size);
    var tree =
        GrowingTree.resume(
            hasher, (level, index, hash) -> compare(nodes, level, index, hash), from, nodes);
    for (long at = from; at < size; ) {
      var bundle = TilePath.holding(TilePath.ENTRIES, at, size);
      var entries = EntryFiles.read(directory.tiles(), bundle);
      int first = (int) (at % TilePath.FULL);
      entries.subList(first, entries.size()).forEach(entry -> tree.append(hasher.leaf(entry)));
      at += entries.size() - first;
    }
    var root = new Prover(hasher, nodes).root(size);
    if (!root.equals(tree.root())) {
      throw new RollbackException("the tiles on disk do not hash to the root of the entries");
    }
    return root;
  }

  private static void compare(NodeReader nodes, int level, long index, Hash hash) {
    if (level % TilePath.HEIGHT == 0 && !nodes.node(level, index).equals(hash)) {
      throw new RollbackException(
          "a tile on disk differs from its entries at level " + level + " index " + index);
    }
  }
}
