package dev.weir.benchmarks.merkle;

import dev.weir.benchmarks.harness.Benchmark;
import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.benchmarks.harness.Sink;
import dev.weir.benchmarks.harness.Throughput;
import dev.weir.benchmarks.harness.Timings;
import dev.weir.privacy.merkle.GrowingTree;
import dev.weir.privacy.merkle.Hash;
import dev.weir.privacy.merkle.ProofVerifier;
import dev.weir.privacy.merkle.Prover;
import dev.weir.privacy.merkle.TreeHasher;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Callable;
import org.bouncycastle.jcajce.provider.digest.SM3;

/**
 * Both trees in memory over leaves of 300 bytes. The peer of an append is the bare digest of the
 * same leaf: a tree hashes each leaf and, amortised, one node of two hashes.
 */
public final class MerkleBenchmark implements Benchmark {
  private static final int LEAF_BYTES = 300;
  private static final long PROOF_STEP = 7_919; // a prime: proofs from all over the tree

  @Override
  public String name() {
    return "merkle";
  }

  @Override
  public void run(Settings settings, Sheet sheet) throws Exception {
    int leaves = settings.pick(20_000, 400_000);
    suite(sheet, "sha-256", TreeHasher.sha256(), leaves);
    suite(sheet, "sm3", new TreeHasher(SM3.Digest::new), leaves);
  }

  private static void suite(Sheet sheet, String name, TreeHasher hasher, int leaves)
      throws Exception {
    int warmUp = Math.min(leaves, 100_000);
    grow(hasher, warmUp, new MemoryNodes());
    rate(warmUp, number -> hasher.leaf(leaf(number)));
    double digests = rate(leaves, number -> hasher.leaf(leaf(number)));
    var nodes = new MemoryNodes();
    long start = System.nanoTime();
    Hash root = grow(hasher, leaves, nodes);
    double appends = leaves / Throughput.seconds(start);
    sheet.against(name + " append", appends, "leaves/s", "bare digest of the leaf", digests);
    proofs(sheet, name, hasher, nodes, leaves, root);
  }

  private static void proofs(
      Sheet sheet, String name, TreeHasher hasher, MemoryNodes nodes, int leaves, Hash root)
      throws Exception {
    var prover = new Prover(hasher, nodes);
    var verifier = new ProofVerifier(hasher);
    var made = times(leaves, index -> prover.inclusion(index, leaves));
    var known = prover.inclusion(leaves / 3, leaves);
    var leaf = nodes.node(0, leaves / 3);
    var checked =
        times(leaves, index -> require(verifier.inclusion(leaves / 3, leaves, leaf, known, root)));
    var path = times(leaves, index -> chain(hasher, leaf, known));
    sheet.against(
        name + " proof made, median",
        made.nanos(0.5) / 1e3,
        "µs",
        "hashing its path once",
        path.nanos(0.5) / 1e3);
    sheet.against(
        name + " proof verified, median",
        checked.nanos(0.5) / 1e3,
        "µs",
        "hashing its path once",
        path.nanos(0.5) / 1e3);
  }

  private static boolean require(boolean verified) {
    if (!verified) {
      throw new IllegalStateException("a proof of our own does not verify");
    }
    return true;
  }

  private static Hash chain(TreeHasher hasher, Hash leaf, List<Hash> path) {
    var hash = leaf;
    for (Hash sibling : path) {
      hash = hasher.node(hash, sibling);
    }
    return hash;
  }

  private static Hash grow(TreeHasher hasher, int leaves, MemoryNodes nodes) {
    var tree = new GrowingTree(hasher, nodes);
    for (int i = 0; i < leaves; i++) {
      tree.append(hasher.leaf(leaf(i)));
    }
    return tree.root();
  }

  private static byte[] leaf(long number) {
    return ByteBuffer.allocate(LEAF_BYTES).putLong(number).array();
  }

  private static double rate(int count, Indexed work) throws Exception {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      Sink.take(work.of(i));
    }
    return count / Throughput.seconds(start);
  }

  private static Timings times(int leaves, Indexed work) throws Exception {
    var next = new long[1];
    Callable<Object> one = () -> work.of(next[0]++ * PROOF_STEP % leaves);
    return Timings.of(2_000, 5_000, one);
  }

  private interface Indexed {
    Object of(long index) throws Exception;
  }
}
