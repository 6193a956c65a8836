package dev.weir.privacy.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * The right edge of a growing tree: one hash for each one-bit of the size, largest subtree first.
 * Appending costs amortised one node hash. Confined to one thread.
 */
public final class GrowingTree {
  private final TreeHasher hasher;
  private final NodeSink sink;
  private final List<Hash> edge = new ArrayList<>();
  private long size;

  /** Is told each complete subtree once, leaves included, in the order in which they complete. */
  @FunctionalInterface
  public interface NodeSink {
    void complete(int level, long index, Hash hash);
  }

  public GrowingTree(TreeHasher hasher, NodeSink sink) {
    this.hasher = hasher;
    this.sink = sink;
  }

  /** A tree that goes on from a stored one of {@code size} leaves. */
  public static GrowingTree resume(TreeHasher hasher, NodeSink sink, long size, NodeReader stored) {
    var tree = new GrowingTree(hasher, sink);
    long start = 0;
    for (int level = Long.SIZE - 2; level >= 0; level--) {
      if ((size >>> level & 1) == 1) {
        tree.edge.add(stored.node(level, start >>> level));
        start += 1L << level;
      }
    }
    tree.size = size;
    return tree;
  }

  /**
   * @return the index given to the leaf
   */
  public long append(Hash leaf) {
    long index = size++;
    sink.complete(0, index, leaf);
    var hash = leaf;
    int level = 0;
    for (long rest = index; (rest & 1) == 1; rest >>>= 1) {
      hash = hasher.node(edge.removeLast(), hash);
      level++;
      sink.complete(level, rest >>> 1, hash);
    }
    edge.add(hash);
    return index;
  }

  public long size() {
    return size;
  }

  public Hash root() {
    if (edge.isEmpty()) {
      return hasher.empty();
    }
    var hash = edge.getLast();
    for (int i = edge.size() - 2; i >= 0; i--) {
      hash = hasher.node(edge.get(i), hash);
    }
    return hash;
  }
}
