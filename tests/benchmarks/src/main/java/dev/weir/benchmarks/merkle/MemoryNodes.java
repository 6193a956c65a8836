package dev.weir.benchmarks.merkle;

import dev.weir.privacy.merkle.GrowingTree;
import dev.weir.privacy.merkle.Hash;
import dev.weir.privacy.merkle.NodeReader;
import java.util.ArrayList;
import java.util.List;

/** Keeps every complete subtree of a tree in memory. Confined to one thread. */
final class MemoryNodes implements NodeReader, GrowingTree.NodeSink {
  private final List<List<Hash>> levels = new ArrayList<>(); // [level][index]

  @Override
  public void complete(int level, long index, Hash hash) {
    while (levels.size() <= level) {
      levels.add(new ArrayList<>());
    }
    levels.get(level).add(hash);
  }

  @Override
  public Hash node(int level, long index) {
    return levels.get(level).get(Math.toIntExact(index));
  }
}
