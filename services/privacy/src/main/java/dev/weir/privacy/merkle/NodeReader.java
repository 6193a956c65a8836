package dev.weir.privacy.merkle;

/** Finds stored hashes of complete subtrees. */
@FunctionalInterface
public interface NodeReader {

  /**
   * @param level 0 for leaves
   * @param index of the subtree among those of its level: it covers leaves [index·2^level,
   *     (index+1)·2^level), all of them present
   */
  Hash node(int level, long index);
}
