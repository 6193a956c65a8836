package dev.weir.he;

import java.util.List;

/**
 * Plaintexts in NTT form, {@code outputs} rows of {@code terms}, laid out so that a product with
 * selectors reads memory once from front to back. Products may run at the same time; writing
 * excludes them and is the caller's to arrange.
 */
public final class Tiles implements AutoCloseable {
  /** More terms would overflow the kernel's sums. */
  public static final int MAX_TERMS = 4096;

  private static final int LANES = 32;

  private final HeContext context;
  private final int outputs;
  private final int terms;
  private final NativeHandle handle;

  Tiles(HeContext context, int outputs, int terms, NativeHandle handle) {
    this.context = context;
    this.outputs = outputs;
    this.terms = terms;
    this.handle = handle;
  }

  public int outputs() {
    return outputs;
  }

  public int terms() {
    return terms;
  }

  /** Units of work that a product can be split into. */
  public int units() {
    var parameters = context.parameters();
    return parameters.dataPrimes().size() * parameters.degree() / LANES;
  }

  /** Native memory. */
  public long bytes() {
    var parameters = context.parameters();
    boolean narrow = parameters.dataPrimes().stream().allMatch(prime -> prime < 1L << Integer.SIZE);
    return (long) (narrow ? Integer.BYTES : Long.BYTES) * units() * LANES * outputs * terms;
  }

  /**
   * Encodes plaintexts, overwriting.
   *
   * @param output row
   * @param term the first one to write; the next row follows the last term
   * @param coefficients {@code [count][degree]}, signed, at most half the plain modulus in size
   */
  public void put(int output, int term, Words coefficients) {
    long first = (long) output * terms + term;
    handle.run(tiles -> context.calls().putTiles(tiles, first, coefficients.bytes()));
  }

  /** Starts products with several clients' selectors, all in one pass. */
  public Products products(List<Selectors> clients) {
    return Products.start(context, this, clients);
  }

  /** One client's products, computed by the calling thread. */
  public Ciphertexts multiply(Selectors selectors) {
    try (var products = products(List.of(selectors))) {
      products.accumulate(0, units());
      return products.finish();
    }
  }

  @Override
  public void close() {
    handle.close();
  }

  NativeHandle handle() {
    return handle;
  }
}
