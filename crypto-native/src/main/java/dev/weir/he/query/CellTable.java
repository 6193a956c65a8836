package dev.weir.he.query;

import dev.weir.he.Ciphertexts;
import dev.weir.he.GaloisKeys;
import dev.weir.he.HeContext;
import dev.weir.he.PublicKey;
import dev.weir.he.Selectors;
import dev.weir.he.Tiles;
import dev.weir.he.Words;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The evaluator's side: cells [measures][keys] as tiles. Cells of a noised product are set once per
 * epoch; cells of an exact one may follow updates. Evaluations run at the same time and see all of
 * a {@link #publish} or nothing of it. Thread-safe.
 *
 * <p>Key i of a block stands at X^(N−1−i), and a question puts its weight at X^i: the coefficient
 * of X^(N−1) of their product is the sum.
 */
public final class CellTable implements AutoCloseable {
  private final CellLayout layout;
  private final Tiles tiles;
  private final long[][] cells; // [measures][keys]
  private final BitSet changed = new BitSet(); // measure * terms + block
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  /** All cells zero. The context stays the caller's. */
  public CellTable(HeContext context, CellLayout layout) {
    if (context.parameters() != layout.parameters()) {
      throw new IllegalArgumentException("the layout is for another parameter set");
    }
    this.layout = layout;
    this.cells = new long[layout.measures()][layout.keys()];
    this.tiles = context.tiles(layout.outputs(), layout.terms());
  }

  public CellLayout layout() {
    return layout;
  }

  /** Native memory of the tiles. */
  public long bytes() {
    return tiles.bytes();
  }

  /**
   * Notes a cell; evaluations see it after {@link #publish}.
   *
   * @throws IllegalArgumentException when the value needs more bits than the layout has
   */
  public void set(int measure, int key, long value) {
    long half = 1L << (layout.cellBits() - 1);
    if (value < -half || value >= half) {
      throw new IllegalArgumentException("the cell needs more bits than declared");
    }
    lock.writeLock().lock();
    try {
      cells[measure][key] = value;
      changed.set(measure * layout.terms() + key / layout.parameters().degree());
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Encodes every block in which a cell changed; returns how many. */
  public int publish() {
    lock.writeLock().lock();
    try {
      int blocks = changed.cardinality();
      changed.stream().forEach(this::encode);
      changed.clear();
      return blocks;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** The cells of a measure as last noted. */
  public long[] measure(int measure) {
    lock.readLock().lock();
    try {
      return Arrays.copyOf(cells[measure], layout.keys());
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Weighted sums of every limb of every measure; deterministic, so that an auditor gets the same
   * limbs again.
   *
   * @param question {@link CellLayout#terms} ciphertexts
   * @return {@link CellLayout#outputs} ciphertexts; the caller closes them
   */
  public Ciphertexts evaluate(Ciphertexts question) {
    try (var selectors = question.selectors()) {
      return evaluate(List.of(selectors));
    }
  }

  /**
   * The cells of one hidden key and its neighbours, of every limb of every measure; deterministic.
   *
   * @param question one ciphertext, of a set that does not flood
   * @param keys for {@link CellLayout#leaves}
   * @return {@link CellLayout#outputs} ciphertexts; the caller closes them
   */
  public Ciphertexts evaluate(Ciphertexts question, GaloisKeys keys) {
    try (var selectors = expanded(question, keys)) {
      return evaluate(List.of(selectors));
    }
  }

  /**
   * The selectors of a question about a few hidden keys; the caller closes them.
   *
   * @param question one ciphertext, of a set that does not flood
   * @param keys for {@link CellLayout#leaves}
   */
  public Selectors expanded(Ciphertexts question, GaloisKeys keys) {
    return expanded(question, keys, layout.leaves(), 0);
  }

  /**
   * The same when these cells are a share of a larger table.
   *
   * @param leaves of the whole table
   * @param firstBlock of the share
   */
  public Selectors expanded(Ciphertexts question, GaloisKeys keys, int leaves, int firstBlock) {
    try (var expanded = question.expandSelectors(0, keys, leaves)) {
      return expanded.part(firstBlock, layout.terms());
    }
  }

  /**
   * Several questions in one pass over the cells.
   *
   * @return {@code [question][output]}
   */
  public Ciphertexts evaluate(List<Selectors> questions) {
    lock.readLock().lock();
    try (var products = tiles.products(questions)) {
      products.accumulate(0, tiles.units());
      return products.finish();
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * What goes back, {@link CellLayout#replyBytes} for each question: {@code key} is used, and the
   * result changed, where the set has room for hiding how it came about.
   */
  public ByteBuffer reply(Ciphertexts result, PublicKey key) {
    if (layout.parameters().floods()) {
      result.flood(key);
    }
    return result.truncate(layout.replyShape());
  }

  @Override
  public void close() {
    tiles.close();
  }

  private void encode(int measureAndBlock) {
    int measure = measureAndBlock / layout.terms();
    int block = measureAndBlock % layout.terms();
    int degree = layout.parameters().degree();
    int from = block * degree;
    int count = Math.min(degree, layout.keys() - from);
    var plaintext = Words.allocate(degree);
    for (int limb = 0; limb < layout.limbs(); limb++) {
      for (int i = 0; i < count; i++) {
        plaintext.set(
            degree - 1 - i, Limbs.digit(cells[measure][from + i], limb, layout.limbBits()));
      }
      tiles.put(measure * layout.limbs() + limb, block, plaintext);
    }
  }
}
