package dev.weir.benchmarks.he;

import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.query.CellLayout;
import dev.weir.he.query.CellTable;
import dev.weir.he.query.SumQuestion;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Sums of a hidden selection over a million keys and four measures, on one core, once the selector
 * is in place; beside a plain scan of the same cells and the download of all of them. How long it
 * takes cannot depend on the number of records: they are not there.
 */
final class HiddenSums {
  private static final int CELL_BITS = 48;
  private static final int CELL_BYTES = 8;
  private static final double LIMIT_MILLIS = 100;

  private HiddenSums() {}

  static void write(Settings settings, Sheet sheet) throws Exception {
    int keys = settings.pick(1 << 17, 1 << 20);
    double whole = ask(layout(keys, 4, CELL_BITS), "", settings, sheet);
    double fewer = ask(layout(keys / 4, 4, CELL_BITS), ", a quarter of the keys", settings, sheet);
    double narrow = ask(layout(keys, 1, CELL_BITS), ", one measure", settings, sheet);
    double small = ask(layout(keys, 4, CELL_BITS / 2), ", half the bits", settings, sheet);
    sheet.against("sum, growth with keys", whole / fewer, "x", "four times the keys", 4);
    sheet.against("sum, growth with measures", whole / narrow, "x", "four times the measures", 4);
    sheet.against("sum, growth with payload", whole / small, "x", "twice the limbs", 2);
    OneHot.write(layout(keys, 4, CELL_BITS), whole, settings, sheet);
  }

  private static CellLayout layout(int keys, int measures, int cellBits) {
    return new CellLayout(HeParameters.CELLS_4096, keys, measures, cellBits);
  }

  /** Milliseconds of one sum. */
  private static double ask(CellLayout layout, String what, Settings settings, Sheet sheet)
      throws Exception {
    var random = new Random(1);
    var chosen = random.ints(layout.keys(), 0, 2).toArray();
    int runs = settings.pick(3, 9);
    try (var context = HeContext.open(layout.parameters(), new SecureRandom());
        var secret = context.generateSecretKey();
        var key = context.publicKey(secret.publicKey());
        var table = new CellTable(context, layout)) {
      fill(table, random);
      var asker = new SumQuestion(context, layout);
      var sent = asker.ask(secret, index -> chosen[index]);
      try (var question = context.seeded(sent);
          var selectors = question.selectors()) {
        double place =
            ThreadTime.medianMillis(
                2,
                () -> {
                  context.seeded(sent).close();
                  question.selectors().close();
                  return sent;
                });
        double millis =
            ThreadTime.medianMillis(
                runs,
                () -> {
                  try (var result = table.evaluate(List.of(selectors))) {
                    return table.reply(result, key);
                  }
                });
        var measures = IntStream.range(0, layout.measures()).mapToObj(table::measure).toList();
        double scan = ThreadTime.medianMillis(runs, () -> scan(measures, chosen));
        sheet.against("sum" + what, millis, "ms", "plain scan of the cells", scan);
        sheet.atMost("sum" + what + ", limit", millis, "ms", LIMIT_MILLIS);
        sheet.against("selector in place" + what, place, "ms", "the sum itself", millis);
        download(layout, what, measures, sheet, millis);
        try (var result = table.evaluate(List.of(selectors))) {
          boolean equal =
              asker.sums(secret, table.reply(result, key)).equals(scan(measures, chosen));
          sheet.exactly("sums that differ" + what, equal ? 0 : 1, "answers", 0);
        }
        return millis;
      }
    }
  }

  private static void download(
      CellLayout layout, String what, List<long[]> measures, Sheet sheet, double millis)
      throws Exception {
    double all = (double) layout.keys() * layout.measures() * CELL_BYTES;
    int limbs = layout.parameters().dataPrimes().size();
    double question = (double) layout.terms() * layout.parameters().degree() * limbs * 4;
    sheet.against(
        "bytes sent and returned" + what,
        (question + layout.replyBytes()) / 1e6,
        "MB",
        "downloading all cells",
        all / 1e6);
    sheet.against(
        "sum, wall" + what, millis, "ms", "download over loopback", Loopback.millis(measures));
  }

  static void fill(CellTable table, Random random) {
    for (int measure = 0; measure < table.layout().measures(); measure++) {
      for (int key = 0; key < table.layout().keys(); key++) {
        table.set(measure, key, random.nextLong() >> (Long.SIZE - table.layout().cellBits()));
      }
    }
    table.publish();
  }

  private static List<BigInteger> scan(List<long[]> measures, int[] weights) {
    return measures.stream().map(cells -> scan(cells, weights)).toList();
  }

  /** 2^20 cells of 48 bits need 68: the halves are added up apart. */
  private static BigInteger scan(long[] cells, int[] weights) {
    long low = 0;
    long high = 0;
    for (int i = 0; i < cells.length; i++) {
      long cell = cells[i] * weights[i];
      low += cell & 0xffff_ffffL;
      high += cell >> Integer.SIZE;
    }
    return BigInteger.valueOf(high).shiftLeft(Integer.SIZE).add(BigInteger.valueOf(low));
  }
}
