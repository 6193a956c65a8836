package dev.weir.privacy.merkle;

import java.util.List;

/**
 * Verifies proofs after RFC 9162 §2.1.3.2 and §2.1.4.2. Everything that does not verify is {@code
 * false}, hostile input included; nothing throws.
 */
public final class ProofVerifier {
  /** More hashes than any proof over a 63-bit size has (C2SP tlog-witness). */
  public static final int MAX_PROOF_HASHES = 63;

  private final TreeHasher hasher;

  public ProofVerifier(TreeHasher hasher) {
    this.hasher = hasher;
  }

  /** Does {@code leaf} stand at {@code index} in the tree of {@code size} leaves under root? */
  public boolean inclusion(long index, long size, Hash leaf, List<Hash> path, Hash root) {
    if (index < 0 || index >= size || !wellFormed(leaf, path)) {
      return false;
    }
    long node = index;
    long last = size - 1;
    var hash = leaf;
    for (var sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = hasher.node(sibling, hash);
        while ((node & 1) == 0 && node != 0) {
          node >>>= 1;
          last >>>= 1;
        }
      } else {
        hash = hasher.node(hash, sibling);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && hash.equals(root);
  }

  /**
   * Is the tree of {@code first} leaves a prefix of the tree of {@code second} leaves? An empty
   * first tree is a prefix of everything, provided its root is that of the empty tree.
   */
  public boolean consistency(
      long first, long second, Hash firstRoot, Hash secondRoot, List<Hash> path) {
    if (first < 0 || first > second) {
      return false;
    }
    if (first == 0) {
      return path.isEmpty()
          && firstRoot.equals(hasher.empty())
          && (second > 0 || secondRoot.equals(firstRoot));
    }
    if (first == second) {
      return path.isEmpty() && firstRoot.equals(secondRoot);
    }
    return !path.isEmpty()
        && wellFormed(firstRoot, path)
        && folds(first, second, firstRoot, secondRoot, path);
  }

  private boolean folds(long first, long second, Hash firstRoot, Hash secondRoot, List<Hash> path) {
    boolean power = Long.bitCount(first) == 1;
    int next = power ? 0 : 1;
    long node = first - 1;
    long last = second - 1;
    while ((node & 1) == 1) {
      node >>>= 1;
      last >>>= 1;
    }
    var old = power ? firstRoot : path.getFirst();
    var whole = old;
    for (var sibling : path.subList(next, path.size())) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        old = hasher.node(sibling, old);
        whole = hasher.node(sibling, whole);
        while ((node & 1) == 0 && node != 0) {
          node >>>= 1;
          last >>>= 1;
        }
      } else {
        whole = hasher.node(whole, sibling);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && old.equals(firstRoot) && whole.equals(secondRoot);
  }

  private boolean wellFormed(Hash one, List<Hash> path) {
    int length = hasher.hashBytes();
    return path.size() <= MAX_PROOF_HASHES
        && one.length() == length
        && path.stream().allMatch(hash -> hash.length() == length);
  }
}
