package dev.weir.benchmarks.he;

import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.he.GaloisKeys;
import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.Words;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Calls through JNI beside the same calls in C++; shapes are those of {@code bench/coarse.cpp}.
 * Both take turns and the best of many counts, so that what else the machine does meets both alike.
 */
final class CoarseCalls {
  private static final int OUTPUTS = 4;
  private static final int TERMS = 64;
  private static final int LEAVES = 16;
  private static final double OVERHEAD = 1.05;

  private final NativeTurns peer;
  private final int rounds;
  private final Sheet sheet;

  private CoarseCalls(NativeTurns peer, int rounds, Sheet sheet) {
    this.peer = peer;
    this.rounds = rounds;
    this.sheet = sheet;
  }

  static void write(Settings settings, Sheet sheet) throws Exception {
    var set = HeParameters.CELLS_4096;
    var plain = Words.allocate((long) TERMS * set.degree());
    for (int i = 0; i < plain.count(); i++) {
      plain.set(i, 1);
    }
    var elements = GaloisKeys.expansionElements(set, LEAVES);
    try (var peer = new NativeTurns(settings);
        var context = HeContext.open(set, new SecureRandom());
        var secret = context.generateSecretKey();
        var queries = context.seeded(secret.encrypt(plain));
        var keys = context.galoisKeys(elements, secret.galoisKeys(elements));
        var tiles = context.tiles(OUTPUTS, TERMS);
        var selectors = queries.selectors();
        var products = tiles.products(List.of(selectors))) {
      var calls = new CoarseCalls(peer, settings.pick(30, 300), sheet);
      var sent = secret.encrypt(plain);
      calls.overhead("encrypt", () -> secret.encrypt(plain, sent));
      calls.overhead(
          "expand",
          () -> {
            queries.expandSelectors(0, keys, LEAVES).close();
            return keys;
          });
      calls.overhead(
          "accumulate",
          () -> {
            products.accumulate(0, tiles.units());
            return products;
          });
    }
  }

  private void overhead(String call, Callable<?> work) throws Exception {
    double here = Double.MAX_VALUE;
    double there = Double.MAX_VALUE;
    for (int round = 0; round < rounds; round++) {
      there = Math.min(there, peer.millis(call));
      here = Math.min(here, ThreadTime.millis(work));
    }
    sheet.against(call + " through JNI", here, "ms", "the same in C++", there);
    sheet.atMost(call + ", JNI over C++", here / there, "x", OVERHEAD);
  }
}
