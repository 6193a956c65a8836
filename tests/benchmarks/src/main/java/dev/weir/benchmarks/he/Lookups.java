package dev.weir.benchmarks.he;

import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.he.HeContext;
import dev.weir.he.query.LookupQuestion;
import dev.weir.he.query.LookupShape;
import dev.weir.he.query.RecordTable;
import dev.weir.he.wire.Packed;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;

/**
 * Lookup of 1 KiB records by index on one core, from the packed query through gate and expansion to
 * the packed reply.
 */
final class Lookups {
  private static final int MEBIBYTE = 1 << 20;
  private static final int GROUP = 8 * LookupShape.RECORD_BYTES;
  private static final int RATE_MEBIBYTES = 256;
  private static final double RATE = 560;
  private static final double KILOBYTES = 46;

  private Lookups() {}

  static void write(Settings settings, Sheet sheet) throws Exception {
    for (int mebibytes : settings.quick() ? new int[] {8} : new int[] {64, 256, 1024}) {
      look(mebibytes, settings, sheet);
    }
  }

  private static void look(int mebibytes, Settings settings, Sheet sheet) throws Exception {
    var shape = new LookupShape(mebibytes * (MEBIBYTE / LookupShape.RECORD_BYTES));
    var name = "lookup in " + mebibytes + " MiB";
    var set = LookupShape.PARAMETERS;
    int wanted = shape.records() / 3;
    try (var context = HeContext.open(set, new SecureRandom());
        var secret = context.generateSecretKey();
        var table = new RecordTable(context, shape)) {
      for (int plaintext = 0; plaintext < shape.plaintexts(); plaintext++) {
        table.put(plaintext, ByteBuffer.wrap(group(plaintext)));
      }
      var asker = new LookupQuestion(context, shape);
      var elements = asker.keyElements();
      var keyLimbs = secret.galoisKeys(elements);
      var sent = Packed.ciphertexts(set, asker.ask(secret, wanted));
      try (var keys = context.galoisKeys(elements, keyLimbs)) {
        double millis =
            ThreadTime.medianMillis(
                settings.pick(2, 5),
                () -> {
                  try (var query = context.seeded(Packed.ciphertexts(set, sent, 1))) {
                    return table.answer(query, keys);
                  }
                });
        double expansion =
            ThreadTime.medianMillis(
                2,
                () -> {
                  try (var query = context.seeded(Packed.ciphertexts(set, sent, 1))) {
                    query.expand(0, keys, shape.leaves()).close();
                    return sent;
                  }
                });
        double rate = (double) mebibytes * MEBIBYTE / 1e3 / millis;
        sheet.against(name, millis, "ms", "its expansion", expansion);
        if (mebibytes >= RATE_MEBIBYTES) {
          sheet.atLeast(name + ", rate", rate, "MB/s", RATE);
        } else {
          sheet.against(name + ", rate", rate, "MB/s", "limit at 256 MiB", RATE);
        }
        sheet.atMost(name + ", query", sent.remaining() / 1e3, "kB", KILOBYTES);
        sheet.atMost(name + ", reply", shape.replyBytes() / 1e3, "kB", KILOBYTES);
        sheet.against(
            name + ", memory", table.bytes() / 1e6, "MB", "its records", mebibytes * 1.048576);
        sheet.against(
            name + ", keys once",
            Packed.galoisKeys(set, elements, keyLimbs).remaining() / 1e3,
            "kB",
            "a query",
            sent.remaining() / 1e3);
        try (var query = context.seeded(Packed.ciphertexts(set, sent, 1))) {
          var found = asker.record(secret, wanted, table.answer(query, keys));
          boolean right = Arrays.equals(found, record(wanted));
          sheet.exactly(name + ", wrong records", right ? 0 : 1, "records", 0);
        }
      }
    }
  }

  private static byte[] group(int plaintext) {
    var bytes = new byte[GROUP];
    new Random(plaintext).nextBytes(bytes);
    return bytes;
  }

  private static byte[] record(int index) {
    int from = index % 8 * LookupShape.RECORD_BYTES;
    return Arrays.copyOfRange(group(index / 8), from, from + LookupShape.RECORD_BYTES);
  }
}
