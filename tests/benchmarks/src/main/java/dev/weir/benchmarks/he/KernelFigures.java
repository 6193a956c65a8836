package dev.weir.benchmarks.he;

import dev.weir.benchmarks.harness.Sheet;

/**
 * The kernels beside SEAL's {@code multiply_plain} and {@code add_inplace} over the same
 * plaintexts, and beside reading memory. Narrow: degree 4096, words of 32 bits. Wide: degree 8192,
 * words of 64.
 */
final class KernelFigures {
  private static final double IFMA_OVER_SEAL = 8;
  private static final double IFMA_OF_MEMORY = 0.5;
  private static final double SCALAR_OVER_SEAL = 2.5;

  private KernelFigures() {}

  static void write(NativePeers peers, Sheet sheet) {
    for (var width : new String[] {"narrow", "wide"}) {
      double seal = peers.of(width + " seal");
      sheet.against(
          width + " seal rate", peers.of(width + " seal rate"), "GB/s", "memory read", read(peers));
      for (var kernel : new String[] {"scalar", "avx2", "ifma"}) {
        var name = width + " " + kernel;
        if (peers.has(name)) {
          sheet.against(name, peers.of(name), "ms", "SEAL's own sequence", seal);
          sheet.against(
              name + " rate", peers.of(name + " rate"), "GB/s", "memory read", read(peers));
          limits(width, kernel, peers, sheet);
        }
      }
    }
  }

  private static void limits(String width, String kernel, NativePeers peers, Sheet sheet) {
    var name = width + " " + kernel;
    double faster = peers.of(width + " seal") / peers.of(name);
    if (kernel.equals("ifma")) {
      sheet.atLeast(name + ", times SEAL", faster, "x", IFMA_OVER_SEAL);
      sheet.atLeast(
          name + ", of memory", peers.of(name + " rate") / read(peers), "share", IFMA_OF_MEMORY);
    } else if (kernel.equals("scalar")) {
      sheet.atLeast(name + ", times SEAL", faster, "x", SCALAR_OVER_SEAL);
    }
  }

  private static double read(NativePeers peers) {
    return peers.of("memory read");
  }
}
