package dev.weir.privacy.merkle;

import java.util.ArrayList;
import java.util.List;

/** Makes inclusion and consistency proofs (RFC 9162 §2.1.3.1 and §2.1.4.1) from stored nodes. */
public final class Prover {
  private final TreeHasher hasher;
  private final NodeReader nodes;

  public Prover(TreeHasher hasher, NodeReader nodes) {
    this.hasher = hasher;
    this.nodes = nodes;
  }

  /** The root over the first {@code size} leaves. */
  public Hash root(long size) {
    return size == 0 ? hasher.empty() : range(0, size);
  }

  /**
   * @throws IllegalArgumentException unless 0 ≤ index &lt; size
   */
  public List<Hash> inclusion(long index, long size) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("the leaf is not in a tree of that size");
    }
    var path = new ArrayList<Hash>();
    long start = 0;
    long end = size;
    while (end - start > 1) {
      long middle = start + split(end - start);
      if (index < middle) {
        path.add(range(middle, end));
        end = middle;
      } else {
        path.add(range(start, middle));
        start = middle;
      }
    }
    return path.reversed();
  }

  /**
   * @return empty when the sizes are equal or the first is 0
   * @throws IllegalArgumentException unless 0 ≤ first ≤ second
   */
  public List<Hash> consistency(long first, long second) {
    if (first < 0 || first > second) {
      throw new IllegalArgumentException("a log only grows");
    }
    var path = new ArrayList<Hash>();
    if (first == 0 || first == second) {
      return path;
    }
    long start = 0;
    long end = second;
    while (first != end) {
      long middle = start + split(end - start);
      if (first <= middle) {
        path.add(range(middle, end));
        end = middle;
      } else {
        path.add(range(start, middle));
        start = middle;
      }
    }
    if (start != 0) { // else the first tree is itself the subtree, and the verifier knows its root
      path.add(range(start, end));
    }
    return path.reversed();
  }

  private Hash range(long start, long end) {
    long width = end - start;
    if (Long.bitCount(width) == 1) {
      int level = Long.numberOfTrailingZeros(width);
      return nodes.node(level, start >>> level);
    }
    long middle = start + split(width);
    return hasher.node(range(start, middle), range(middle, end));
  }

  /** The largest power of two below {@code width}, which is at least 2. */
  private static long split(long width) {
    return Long.highestOneBit(width - 1);
  }
}
