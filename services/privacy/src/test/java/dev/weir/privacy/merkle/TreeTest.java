package dev.weir.privacy.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.jcajce.provider.digest.SM3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TreeTest {
  private static final int LEAVES = 70;

  static List<TreeHasher> hashers() {
    return List.of(TreeHasher.sha256(), new TreeHasher(() -> (MessageDigest) new SM3.Digest()));
  }

  @Test
  void constants_ofRfc6962_hold() {
    var hasher = TreeHasher.sha256();
    assertThat(hasher.empty().hex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(hasher.leaf("L123456".getBytes(StandardCharsets.UTF_8)).hex())
        .startsWith("395aa064");
  }

  @ParameterizedTest
  @MethodSource("hashers")
  void everyLeafOfEverySize_isProvenAndNoneElsewhere(TreeHasher hasher) {
    var log = new Log(hasher);
    var verifier = new ProofVerifier(hasher);
    for (int size = 1; size <= LEAVES; size++) {
      log.grow();
      var root = log.tree.root();
      assertThat(root).isEqualTo(naive(hasher, log.leaves)).isEqualTo(log.prover.root(size));
      for (int index = 0; index < size; index++) {
        var path = log.prover.inclusion(index, size);
        assertThat(verifier.inclusion(index, size, log.leaves.get(index), path, root)).isTrue();
        var other = log.leaves.get((index + 1) % size);
        assertThat(verifier.inclusion(index, size, other, path, root)).isEqualTo(size == 1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("hashers")
  void everyPairOfSizes_isConsistentAndAForkIsNot(TreeHasher hasher) {
    var log = new Log(hasher);
    var roots = new ArrayList<Hash>();
    roots.add(hasher.empty());
    for (int size = 1; size <= LEAVES; size++) {
      log.grow();
      roots.add(log.tree.root());
    }
    var verifier = new ProofVerifier(hasher);
    var forged = hasher.leaf(new byte[] {9});
    for (int second = 0; second <= LEAVES; second++) {
      for (int first = 0; first <= second; first++) {
        var path = log.prover.consistency(first, second);
        assertThat(verifier.consistency(first, second, roots.get(first), roots.get(second), path))
            .as("%s %s", first, second)
            .isTrue();
        assertThat(verifier.consistency(first, second, forged, roots.get(second), path)).isFalse();
      }
    }
  }

  @Test
  void resume_goesOnWithTheSameRoots() {
    var hasher = TreeHasher.sha256();
    var whole = new Log(hasher);
    for (int size = 1; size <= LEAVES; size++) {
      whole.grow();
      var resumed = GrowingTree.resume(hasher, (l, i, h) -> {}, size, whole.nodes());
      assertThat(resumed.root()).isEqualTo(whole.tree.root());
      assertThat(resumed.size()).isEqualTo(size);
    }
  }

  /** RFC 9162 §2.1.1 word for word, as the oracle. */
  private static Hash naive(TreeHasher hasher, List<Hash> leaves) {
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    return hasher.node(
        naive(hasher, leaves.subList(0, split)),
        naive(hasher, leaves.subList(split, leaves.size())));
  }

  private static final class Log {
    private final TreeHasher hasher;
    private final Map<String, Hash> stored = new HashMap<>();
    private final List<Hash> leaves = new ArrayList<>();
    private final GrowingTree tree;
    private final Prover prover;

    Log(TreeHasher hasher) {
      this.hasher = hasher;
      this.tree =
          new GrowingTree(hasher, (level, index, hash) -> stored.put(level + "/" + index, hash));
      this.prover = new Prover(hasher, nodes());
    }

    NodeReader nodes() {
      return (level, index) -> java.util.Objects.requireNonNull(stored.get(level + "/" + index));
    }

    void grow() {
      var leaf = hasher.leaf(("leaf " + leaves.size()).getBytes(StandardCharsets.UTF_8));
      leaves.add(leaf);
      tree.append(leaf);
    }
  }
}
