package dev.weir.benchmarks.prio3;

import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.benchmarks.harness.Timings;
import dev.weir.privacy.field.Field;
import dev.weir.privacy.field.Field128;
import dev.weir.privacy.field.Field64;
import dev.weir.privacy.xof.XofTurboShake128;
import java.math.BigInteger;
import java.security.MessageDigest;

/** What verification is made of: the XOF and the fields. */
final class ArithmeticBench {
  private static final int LENGTH = 1_024;
  private static final int XOF_BYTES = 1 << 16;

  private ArithmeticBench() {}

  static void run(Settings settings, Sheet sheet) throws Exception {
    int runs = settings.pick(200, 2_000);
    xof(sheet, runs);
    field(sheet, Field64.INSTANCE, runs);
    field(sheet, Field128.INSTANCE, runs);
  }

  private static void xof(Sheet sheet, int runs) throws Exception {
    var message = new byte[XOF_BYTES];
    var seed = new byte[XofTurboShake128.SEED_BYTES];
    var absorbed =
        Timings.of(runs, runs, () -> new XofTurboShake128(seed, seed).bind(message).nextSeed());
    var sha3 = MessageDigest.getInstance("SHA3-256");
    var digested = Timings.of(runs, runs, () -> sha3.digest(message));
    sheet.against(
        "XofTurboShake128 absorbing",
        XOF_BYTES * 1e3 / absorbed.nanos(0.5),
        "MB/s",
        "SHA3-256 of the JDK, twice the rounds",
        XOF_BYTES * 1e3 / digested.nanos(0.5));
    var drawn = new long[LENGTH];
    var field = Field64.INSTANCE;
    var squeezed =
        Timings.of(
            runs,
            runs,
            () -> {
              field.draw(new XofTurboShake128(seed, seed), drawn, 0, LENGTH);
              return drawn;
            });
    sheet.against(
        "XofTurboShake128 squeezing",
        8_000.0 * LENGTH / squeezed.nanos(0.5),
        "MB/s",
        "SHA3-256 of the JDK, twice the rounds",
        XOF_BYTES * 1e3 / digested.nanos(0.5));
  }

  private static void field(Sheet sheet, Field field, int runs) throws Exception {
    var x = field.zeros(LENGTH);
    field.draw(new XofTurboShake128(new byte[1], new byte[1]), x, 0, LENGTH);
    var y = x.clone();
    var integers = new BigInteger[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      integers[i] = field.get(x, i);
    }
    var products =
        Timings.of(
            runs,
            runs,
            () -> {
              field.mulEach(y, 0, x, 0, LENGTH);
              return y;
            });
    var dots =
        Timings.of(
            runs,
            runs,
            () -> {
              field.dot(y, 0, x, 0, 1, y, 0, 1, LENGTH);
              return y;
            });
    var naive =
        Timings.of(
            runs / 10,
            runs / 10,
            () -> {
              var product = BigInteger.ONE;
              for (BigInteger factor : integers) {
                product = product.multiply(factor).mod(field.modulus());
              }
              return product;
            });
    double peer = naive.nanos(0.5) / LENGTH;
    sheet.against(field + " product", products.nanos(0.5) / LENGTH, "ns", "BigInteger", peer);
    sheet.against(field + " term of a sum", dots.nanos(0.5) / LENGTH, "ns", "BigInteger", peer);
  }
}
