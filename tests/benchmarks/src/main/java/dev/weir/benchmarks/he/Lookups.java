package dev.weir.benchmarks.he;

import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.he.Ciphertexts;
import dev.weir.he.GaloisKeys;
import dev.weir.he.HeContext;
import dev.weir.he.SecretKey;
import dev.weir.he.Words;
import dev.weir.he.query.LookupQuestion;
import dev.weir.he.query.LookupShape;
import dev.weir.he.query.RecordTable;
import dev.weir.he.wire.Packed;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;

/**
 * Lookup of 1 KiB records by index on one core, from the packed query through gate and expansion to
 * the packed reply; beside SealPIR's algorithm over SEAL's own calls in the same run.
 */
final class Lookups {
  private static final int MEBIBYTE = 1 << 20;
  private static final int GROUP = 8 * LookupShape.RECORD_BYTES;
  private static final int RATE_MEBIBYTES = 256;
  private static final double RATE = 560;
  private static final double KILOBYTES = 46;
  private static final int SHARING = 4;

  private final int mebibytes;
  private final String name;
  private final LookupShape shape;
  private final Settings settings;
  private final NativePeers peers;
  private final Sheet sheet;

  private Lookups(int mebibytes, Settings settings, NativePeers peers, Sheet sheet) {
    this.mebibytes = mebibytes;
    this.name = "lookup in " + mebibytes + " MiB";
    this.shape = new LookupShape(mebibytes * (MEBIBYTE / LookupShape.RECORD_BYTES));
    this.settings = settings;
    this.peers = peers;
    this.sheet = sheet;
  }

  static void write(Settings settings, NativePeers peers, Sheet sheet) throws Exception {
    for (int mebibytes : settings.quick() ? new int[] {8} : new int[] {64, 256, 1024}) {
      new Lookups(mebibytes, settings, peers, sheet).look();
    }
  }

  private void look() throws Exception {
    int wanted = shape.records() / 3;
    try (var context = HeContext.open(LookupShape.PARAMETERS, new SecureRandom());
        var secret = context.generateSecretKey();
        var table = new RecordTable(context, shape)) {
      for (int plaintext = 0; plaintext < shape.plaintexts(); plaintext++) {
        table.put(plaintext, ByteBuffer.wrap(group(plaintext)));
      }
      var asker = new LookupQuestion(context, shape);
      var elements = asker.keyElements();
      var keyLimbs = secret.galoisKeys(elements);
      var sent = Packed.ciphertexts(LookupShape.PARAMETERS, asker.ask(secret, wanted));
      try (var keys = context.galoisKeys(elements, keyLimbs)) {
        times(context, table, sent, keys);
        sheet.atMost(name + ", query", sent.remaining() / 1e3, "kB", KILOBYTES);
        sheet.atMost(name + ", reply", shape.replyBytes() / 1e3, "kB", KILOBYTES);
        sheet.against(
            name + ", memory", table.bytes() / 1e6, "MB", "its records", mebibytes * 1.048576);
        sheet.against(
            name + ", keys once", packed(secret), "kB", "a query", sent.remaining() / 1e3);
        besideSealPir(sent.remaining() / 1e3);
        try (var query = open(context, sent)) {
          var found = asker.record(secret, wanted, table.answer(query, keys));
          boolean right = Arrays.equals(found, record(wanted));
          sheet.exactly(name + ", wrong records", right ? 0 : 1, "records", 0);
        }
      }
    }
  }

  private void times(HeContext context, RecordTable table, ByteBuffer sent, GaloisKeys keys)
      throws Exception {
    double millis =
        ThreadTime.medianMillis(
            settings.pick(2, 5),
            () -> {
              try (var query = open(context, sent)) {
                return table.answer(query, keys);
              }
            });
    double expansion =
        ThreadTime.medianMillis(
            2,
            () -> {
              try (var query = open(context, sent)) {
                query.expandSelectors(0, keys, shape.leaves()).close();
                return sent;
              }
            });
    double together =
        ThreadTime.medianMillis(
            2,
            () -> {
              try (var query = open(context, sent)) {
                return table.answer(
                    Collections.nCopies(SHARING, new RecordTable.Asked(query, keys)));
              }
            });
    sheet.against(name, millis, "ms", "its expansion", expansion);
    if (mebibytes >= RATE_MEBIBYTES) {
      sheet.atLeast(name + ", rate", rate(millis), "MB/s", RATE);
    } else {
      sheet.against(name + ", rate", rate(millis), "MB/s", "limit at 256 MiB", RATE);
    }
    sheet.against(
        name + ", " + SHARING + " in one pass, each", together / SHARING, "ms", "alone", millis);
    var peer = "sealpir " + mebibytes;
    if (peers.has(peer)) {
      sheet.against(
          name + ", rate beside SealPIR",
          rate(millis),
          "MB/s",
          "SealPIR over SEAL's calls",
          peers.of(peer + " rate"));
      sheet.against(
          name + ", expansion beside SealPIR",
          expansion,
          "ms",
          "SealPIR over SEAL's calls",
          peers.of(peer + " expansion"));
    }
  }

  private void besideSealPir(double query) {
    var peer = "sealpir " + mebibytes;
    if (peers.has(peer)) {
      var packed = "SealPIR, packed as tightly";
      sheet.against(name + ", query beside", query, "kB", packed, peers.of(peer + " query"));
      sheet.against(
          name + ", reply beside",
          shape.replyBytes() / 1e3,
          "kB",
          packed,
          peers.of(peer + " reply"));
    }
  }

  private double rate(double millis) {
    return (double) mebibytes * MEBIBYTE / 1e3 / millis;
  }

  private static Ciphertexts open(HeContext context, ByteBuffer sent) {
    return context.seeded(Packed.ciphertexts(LookupShape.PARAMETERS, sent, 1));
  }

  private double packed(SecretKey secret) {
    var elements = GaloisKeys.expansionElements(LookupShape.PARAMETERS, shape.leaves());
    Words limbs = secret.galoisKeys(elements);
    return Packed.galoisKeys(LookupShape.PARAMETERS, elements, limbs).remaining() / 1e3;
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
