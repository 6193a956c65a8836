package dev.weir.he;

import java.util.List;
import java.util.stream.IntStream;

/** Switching keys with which queries are expanded. Thread-safe. */
public final class GaloisKeys implements AutoCloseable {
  private final HeContext context;
  private final List<Integer> elements;
  private final NativeHandle handle;

  GaloisKeys(HeContext context, List<Integer> elements, NativeHandle handle) {
    this.context = context;
    this.elements = List.copyOf(elements);
    this.handle = handle;
  }

  /**
   * What {@link Ciphertexts#expand} needs for so many leaves.
   *
   * @param leaves a power of two, at most the degree
   */
  public static List<Integer> expansionElements(HeParameters parameters, int leaves) {
    if (Integer.bitCount(leaves) != 1 || leaves > parameters.degree()) {
      throw new IllegalArgumentException("leaves are a power of two up to the degree");
    }
    return IntStream.range(0, Integer.numberOfTrailingZeros(leaves))
        .mapToObj(level -> (parameters.degree() >> level) + 1)
        .toList();
  }

  public List<Integer> elements() {
    return elements;
  }

  /** Native memory in bytes, for capping what a tenant's keys take. */
  public long bytes() {
    var parameters = context.parameters();
    return 2L
        * Long.BYTES
        * elements.size()
        * parameters.dataPrimes().size()
        * parameters.primes().size()
        * parameters.degree();
  }

  @Override
  public void close() {
    handle.close();
  }

  NativeHandle handle() {
    return handle;
  }
}
