package dev.weir.benchmarks.harness;

import java.nio.file.Path;

/**
 * What a run may take.
 *
 * @param quick less data and shorter runs: to see that everything works, not to quote
 * @param root of the checkout
 */
public record Settings(boolean quick, Path root) {
  /** Where fetched data and unpacked programs are kept from run to run. */
  public Path cache() {
    return root.resolve(".weir").resolve("cache");
  }

  /** The one or the other, by {@link #quick}. */
  public int pick(int whenQuick, int otherwise) {
    return quick ? whenQuick : otherwise;
  }

  /** A directory on the checkout's own disk, gone when closed. */
  public Scratch scratch() {
    return Scratch.below(root.resolve(".weir"));
  }
}
