package dev.weir.benchmarks.he;

import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.he.GaloisKeys;
import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.Words;
import java.security.SecureRandom;
import java.util.List;

/** Calls through JNI beside the same calls in C++; shapes are those of {@code bench/coarse.cpp}. */
final class CoarseCalls {
  private static final int OUTPUTS = 4;
  private static final int TERMS = 64;
  private static final int LEAVES = 16;
  private static final double OVERHEAD = 1.05;

  private CoarseCalls() {}

  static void write(Settings settings, NativePeers peers, Sheet sheet) throws Exception {
    var set = HeParameters.CELLS_4096;
    int runs = settings.pick(20, 200);
    var plain = Words.allocate((long) TERMS * set.degree());
    for (int i = 0; i < plain.count(); i++) {
      plain.set(i, 1);
    }
    var elements = GaloisKeys.expansionElements(set, LEAVES);
    try (var context = HeContext.open(set, new SecureRandom());
        var secret = context.generateSecretKey();
        var queries = context.seeded(secret.encrypt(plain));
        var keys = context.galoisKeys(elements, secret.galoisKeys(elements));
        var tiles = context.tiles(OUTPUTS, TERMS);
        var selectors = queries.selectors();
        var products = tiles.products(List.of(selectors))) {
      double encrypt = ThreadTime.medianMillis(runs / 4, () -> secret.encrypt(plain));
      double expand =
          ThreadTime.medianMillis(
              runs / 4,
              () -> {
                queries.expandSelectors(0, keys, LEAVES).close();
                return keys;
              });
      double accumulate =
          ThreadTime.medianMillis(
              runs,
              () -> {
                products.accumulate(0, tiles.units());
                return products;
              });
      overhead("encrypt", encrypt, peers, sheet);
      overhead("expand", expand, peers, sheet);
      overhead("accumulate", accumulate, peers, sheet);
    }
  }

  private static void overhead(String call, double millis, NativePeers peers, Sheet sheet) {
    sheet.against(call + " through JNI", millis, "ms", "the same in C++", peers.of(call));
    sheet.atMost(call + ", JNI over C++", millis / peers.of(call), "x", OVERHEAD);
  }
}
