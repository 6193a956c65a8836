package dev.weir.benchmarks.he;

import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.he.HeContext;
import dev.weir.he.query.CellLayout;
import dev.weir.he.query.CellTable;
import dev.weir.he.query.OneHotQuestion;
import dev.weir.he.wire.Packed;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** One hidden key among all: one small ciphertext instead of one for each block of keys. */
final class OneHot {
  private OneHot() {}

  /**
   * @param sum milliseconds of a sum over the same cells with a streamed selector
   */
  static void write(CellLayout layout, double sum, Settings settings, Sheet sheet)
      throws Exception {
    int wanted = layout.keys() / 3;
    var set = layout.parameters();
    try (var context = HeContext.open(set, new SecureRandom());
        var secret = context.generateSecretKey();
        var table = new CellTable(context, layout)) {
      HiddenSums.fill(table, new Random(1));
      var question = new OneHotQuestion(context, layout);
      var elements = question.keyElements();
      var limbs = secret.galoisKeys(elements);
      var sent = question.ask(secret, List.of(wanted));
      try (var keys = context.galoisKeys(elements, limbs);
          var query = context.seeded(sent)) {
        double millis =
            ThreadTime.medianMillis(
                settings.pick(2, 5),
                () -> {
                  try (var result = table.evaluate(query, keys)) {
                    return result.truncate(layout.oneHotReplyShape());
                  }
                });
        sheet.against("one key, expansion included", millis, "ms", "a sum in place", sum);
        sizes(layout, Packed.ciphertexts(set, sent).remaining(), sheet);
        sheet.against(
            "one key, keys once",
            Packed.galoisKeys(set, elements, limbs).remaining() / 1e3,
            "kB",
            "its question",
            Packed.ciphertexts(set, sent).remaining() / 1e3);
        try (var result = table.evaluate(query, keys)) {
          var found =
              question
                  .values(secret, List.of(wanted), result.truncate(layout.oneHotReplyShape()))
                  .getFirst();
          boolean equal =
              IntStream.range(0, layout.measures())
                  .allMatch(measure ->
                      found
                          .get(measure)
                          .equals(BigInteger.valueOf(table.measure(measure)[wanted])));
          sheet.exactly("one key, wrong cells", equal ? 0 : 1, "answers", 0);
        }
      }
    }
  }

  private static void sizes(CellLayout layout, int question, Sheet sheet) {
    sheet.against(
        "one key, question",
        question / 1e3,
        "kB",
        "a streamed selector",
        (double) question * layout.terms() / 1e3);
    sheet.against(
        "one key, reply",
        layout.oneHotReplyBytes() / 1e3,
        "kB",
        "a sum's",
        layout.replyBytes() / 1e3);
  }
}
