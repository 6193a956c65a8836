package dev.weir.benchmarks.he;

import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.he.GaloisKeys;
import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.Words;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Calls through JNI beside the same calls in C++; shapes are those of {@code bench/coarse.cpp}.
 * Both take turns, so that what else the machine does meets both alike, and the median of the
 * ratios of their turns counts. The peer is a process of several threads, as every service is.
 */
final class CoarseCalls {
  private static final int OUTPUTS = 4;
  private static final int TERMS = 64;
  private static final int LEAVES = 16;
  private static final int WARM_UP = 30;
  private static final int COMPILED = 20_000;
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
      for (int output = 0; output < OUTPUTS; output++) {
        tiles.put(output, 0, plain); // memory that nobody wrote is one page of zeros
      }
      var calls = new CoarseCalls(peer, settings.pick(30, 150), sheet);
      var sent = secret.encrypt(plain);
      calls.overhead("encrypt", () -> secret.encrypt(plain, sent));
      calls.overhead(
          "expand",
          () -> {
            queries.expandSelectors(0, keys, LEAVES).close();
            return keys;
          });
      for (int call = 0; call < COMPILED; call++) {
        products.accumulate(0, 0); // the shortest call here: its Java side is to be compiled code
      }
      calls.overhead(
          "accumulate",
          () -> {
            products.accumulate(0, tiles.units());
            return products;
          });
    }
  }

  private void overhead(String call, Callable<?> work) throws Exception {
    for (int round = 0; round < WARM_UP; round++) {
      ThreadTime.millis(work);
    }
    var here = new double[rounds];
    var there = new double[rounds];
    var ratios = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      boolean first = round % 2 == 0; // neither is always the one that comes second
      if (first) {
        here[round] = twice(work);
      }
      there[round] = peer.millis(call);
      if (!first) {
        here[round] = twice(work);
      }
      ratios[round] = here[round] / there[round];
    }
    sheet.against(call + " through JNI", median(here), "ms", "the same in C++", median(there));
    sheet.atMost(call + ", JNI over C++", median(ratios), "x", OVERHEAD);
  }

  /** The second of two calls, as the peer counts. */
  private static double twice(Callable<?> work) throws Exception {
    ThreadTime.millis(work);
    return ThreadTime.millis(work);
  }

  private static double median(double[] values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
