package dev.weir.benchmarks.he;

import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.he.HeContext;
import dev.weir.he.oprf.OprfClient;
import dev.weir.he.oprf.OprfKey;
import dev.weir.he.query.KeywordQuestion;
import dev.weir.he.query.KeywordRecords;
import dev.weir.he.query.LookupShape;
import dev.weir.he.query.RecordLock;
import dev.weir.he.query.RecordTable;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What a keyword costs over an index, and what locking and evaluating take. */
final class KeywordLookups {
  private static final int VALUE_BYTES = 238; // four places in a record
  private static final RecordLock LOCK = new RecordLock("bench, version 1");

  private KeywordLookups() {}

  static void write(Settings settings, Sheet sheet) throws Exception {
    int entries = settings.pick(1 << 9, 1 << 14);
    var random = new SecureRandom();
    var key = OprfKey.derive(new byte[OprfKey.SEED_BYTES], new byte[0], random);
    var values = values(entries, random);
    var records = KeywordRecords.of(LOCK, key, values, VALUE_BYTES, random);
    try (var context = HeContext.open(LookupShape.PARAMETERS, random);
        var secret = context.generateSecretKey()) {
      try (var table = records.table(context)) {
        var asker = new KeywordQuestion(context, records.shape(), LOCK);
        var elements = asker.lookup().keyElements();
        try (var keys = context.galoisKeys(elements, secret.galoisKeys(elements))) {
          var sent = asker.ask(secret, "K1");
          try (var first = context.seeded(sent.getFirst());
              var second = context.seeded(sent.getLast())) {
            var both =
                List.of(new RecordTable.Asked(first, keys), new RecordTable.Asked(second, keys));
            double alone =
                ThreadTime.medianMillis(settings.pick(2, 5), () -> table.answer(first, keys));
            double keyword = ThreadTime.medianMillis(settings.pick(2, 5), () -> table.answer(both));
            sheet.against("keyword, both lookups", keyword, "ms", "one by index", alone);
            sheet.against(
                "keyword, places",
                (double) records.shape().records() * records.shape().places(),
                "places",
                "entries",
                entries);
            evaluations(settings, sheet, key, keyword, random);
            byte[] found =
                asker
                    .open(secret, "K1", key.evaluate(LOCK.name("K1")), table.answer(both))
                    .orElse(new byte[0]);
            boolean right = Arrays.equals(found, values.get("K1"));
            sheet.exactly("keyword, wrong values", right ? 0 : 1, "values", 0);
          }
        }
      }
    }
  }

  private static void evaluations(
      Settings settings, Sheet sheet, OprfKey key, double lookups, SecureRandom random)
      throws Exception {
    int runs = settings.pick(5, 50);
    var inputs = List.of(LOCK.name("K1"));
    var client = OprfClient.blind(key.publicKey(), inputs, random);
    var evaluation = key.evaluate(client.blinded());
    double server = ThreadTime.medianMillis(runs, () -> key.evaluate(client.blinded()));
    double asker =
        ThreadTime.medianMillis(
            runs,
            () -> {
              OprfClient.blind(key.publicKey(), inputs, random);
              return client.finish(evaluation);
            });
    byte[] value = new byte[VALUE_BYTES];
    double locking =
        ThreadTime.medianMillis(
            runs, () -> LOCK.lock(key, inputs.getFirst(), value, 2 * VALUE_BYTES));
    sheet.against("keyword, locking an entry", locking, "ms", "the evaluation", server);
    sheet.against("keyword, evaluation with proof", server, "ms", "its lookups", lookups);
    sheet.against("keyword, blinding and checking", asker, "ms", "the evaluation", server);
  }

  private static SequencedMap<String, byte[]> values(int entries, SecureRandom random) {
    var values = new LinkedHashMap<String, byte[]>();
    for (int i = 0; i < entries; i++) {
      byte[] value = new byte[VALUE_BYTES];
      random.nextBytes(value);
      values.put("K" + i, value);
    }
    return values;
  }
}
