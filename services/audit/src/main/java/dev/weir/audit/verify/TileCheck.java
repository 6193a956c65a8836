package dev.weir.audit.verify;

import dev.weir.audit.verify.Finding.Rule;
import dev.weir.privacy.merkle.GrowingTree;
import dev.weir.privacy.merkle.Hash;
import dev.weir.privacy.merkle.TilePath;
import dev.weir.privacy.merkle.TreeHasher;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One tree of an export, grown again leaf by leaf and compared with its tiles. */
final class TileCheck {
  private final Export export;
  private final TreeHasher hasher;
  private final String prefix;
  private final long size;
  private final GrowingTree tree;
  private final Map<Integer, OpenTile> open = new HashMap<>();

  TileCheck(Export export, TreeHasher hasher, String prefix, long size) {
    this.export = export;
    this.hasher = hasher;
    this.prefix = prefix;
    this.size = size;
    this.tree = new GrowingTree(hasher, this::compareUpper);
  }

  Hash leaf(byte[] entry) {
    return hasher.leaf(entry);
  }

  /** The leaf hash that the tile holds; empty when the tile is missing. */
  Optional<Hash> stored(long index) {
    return stored(0, index);
  }

  String file(long index) {
    return prefix + TilePath.holding(0, index, size).path();
  }

  void append(Hash leaf) {
    tree.append(leaf);
  }

  Hash root() {
    return tree.root();
  }

  private void compareUpper(int level, long index, Hash hash) {
    if (level == 0 || level % TilePath.HEIGHT != 0) {
      return;
    }
    int tileLevel = level / TilePath.HEIGHT;
    if (stored(tileLevel, index).filter(stored -> !stored.equals(hash)).isPresent()) {
      var file = prefix + TilePath.holding(tileLevel, index, size).path();
      export.find(Rule.TILE, index << level, "", file);
    }
  }

  private Optional<Hash> stored(int tileLevel, long item) {
    var path = TilePath.holding(tileLevel, item, size);
    var tile = open.get(tileLevel);
    if (tile == null || !tile.path.equals(path)) {
      tile = new OpenTile(path, load(path));
      open.put(tileLevel, tile);
    }
    int at = (int) (item % TilePath.FULL) * hasher.hashBytes();
    return tile.bytes.map(bytes -> Hash.of(Arrays.copyOfRange(bytes, at, at + hasher.hashBytes())));
  }

  private Optional<byte[]> load(TilePath path) {
    var bytes =
        export
            .bytes(prefix + path.path())
            .filter(tile -> tile.length == path.width() * hasher.hashBytes());
    if (bytes.isEmpty()) {
      long first = path.index() << (TilePath.HEIGHT * (path.level() + 1));
      export.find(Rule.MISSING, first, "", prefix + path.path());
    }
    return bytes;
  }

  private record OpenTile(TilePath path, Optional<byte[]> bytes) {}
}
