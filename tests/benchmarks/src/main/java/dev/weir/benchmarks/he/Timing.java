package dev.weir.benchmarks.he;

import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.benchmarks.harness.Sink;
import dev.weir.he.Ciphertexts;
import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.query.CellLayout;
import dev.weir.he.query.CellTable;
import dev.weir.he.query.SumQuestion;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;

/**
 * Whether the time of an evaluation tells what was selected: Welch's t between questions for no
 * cell and for all of them, in turns. Beside it the planted bug, an evaluator that rounds twice for
 * one of the two, which the same test has to find.
 */
final class Timing {
  private static final double LIMIT = 4.5;
  private static final int KEYS = 3 * 4096;

  private Timing() {}

  static void write(Settings settings, Sheet sheet) throws Exception {
    int runs = settings.pick(1_000, 10_000);
    var layout = new CellLayout(HeParameters.CELLS_4096, KEYS, 1, 8);
    try (var context = HeContext.open(layout.parameters(), new SecureRandom());
        var secret = context.generateSecretKey();
        var table = new CellTable(context, layout)) {
      HiddenSums.fill(table, new Random(1));
      var asker = new SumQuestion(context, layout);
      try (var none = context.seeded(asker.ask(secret, key -> 0));
          var all = context.seeded(asker.ask(secret, key -> 1))) {
        Callable<?> first = () -> answered(table, none);
        Callable<?> second = () -> answered(table, all);
        double one = t(runs, first, second);
        sheet.atMost("timing of none and all, |t|", one, "t", LIMIT);
        double planted = t(runs, first, () -> leaking(table, all));
        sheet.atLeast("the same of an evaluator that rounds twice", planted, "t", LIMIT);
      }
    }
  }

  private static Object answered(CellTable table, Ciphertexts question) {
    try (var result = table.evaluate(question)) {
      return result.truncate(table.layout().replyShape());
    }
  }

  private static Object leaking(CellTable table, Ciphertexts question) {
    try (var result = table.evaluate(question)) {
      Sink.take(result.truncate(table.layout().replyShape()));
      return result.truncate(table.layout().replyShape());
    }
  }

  /** The size of Welch's t over times below the 99th percentile of all, as is usual. */
  private static double t(int runs, Callable<?> first, Callable<?> second) throws Exception {
    var times = new double[2][runs];
    for (int run = 0; run < runs; run++) {
      boolean swapped = run % 2 == 1; // neither is always the one that comes second
      times[swapped ? 1 : 0][run] = ThreadTime.millis(swapped ? second : first);
      times[swapped ? 0 : 1][run] = ThreadTime.millis(swapped ? first : second);
    }
    double cut =
        Arrays.stream(times)
            .flatMapToDouble(Arrays::stream)
            .sorted()
            .skip(2L * runs * 99 / 100)
            .findFirst()
            .orElseThrow();
    var left = Moments.of(times[0], cut);
    var right = Moments.of(times[1], cut);
    return Math.abs(left.mean - right.mean) / Math.sqrt(left.error + right.error);
  }

  /**
   * @param error of the mean, squared
   */
  private record Moments(double mean, double error) {
    static Moments of(double[] times, double cut) {
      var kept = Arrays.stream(times).filter(time -> time < cut).toArray();
      double mean = Arrays.stream(kept).average().orElseThrow();
      double squares = Arrays.stream(kept).map(time -> (time - mean) * (time - mean)).sum();
      return new Moments(mean, squares / (kept.length - 1) / kept.length);
    }
  }
}
