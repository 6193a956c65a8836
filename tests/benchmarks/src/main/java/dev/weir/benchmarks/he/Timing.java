package dev.weir.benchmarks.he;

import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.he.Ciphertexts;
import dev.weir.he.GaloisKeys;
import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.SecretKey;
import dev.weir.he.Words;
import dev.weir.he.oprf.Element;
import dev.weir.he.oprf.OprfClient;
import dev.weir.he.oprf.OprfKey;
import dev.weir.he.query.CellLayout;
import dev.weir.he.query.CellTable;
import dev.weir.he.query.KeywordQuestion;
import dev.weir.he.query.KeywordRecords;
import dev.weir.he.query.LookupQuestion;
import dev.weir.he.query.LookupShape;
import dev.weir.he.query.OneHotQuestion;
import dev.weir.he.query.RecordLock;
import dev.weir.he.query.RecordTable;
import dev.weir.he.query.SumQuestion;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether the time of an evaluation tells what was asked: Welch's t between two questions of a kind
 * that differ most, in turns, from the question past the gate to the packed reply. Beside each the
 * planted bug, a branch on what was asked: an evaluator that opens one of the two twice. The same
 * test has to find it.
 */
final class Timing {
  private static final double LIMIT = 4.5;
  private static final int KEYS = 3 * 4096;

  /** Few, so that what is asked has the largest part in the time. */
  private static final int RECORDS = 64;

  private final int runs;
  private final Sheet sheet;

  private Timing(int runs, Sheet sheet) {
    this.runs = runs;
    this.sheet = sheet;
  }

  static void write(Settings settings, Sheet sheet) throws Exception {
    var timing = new Timing(settings.pick(1_000, 10_000), sheet);
    timing.cells();
    timing.index();
    timing.keyword();
  }

  /** What evaluates a question that was opened. */
  private interface Answering {
    Object answer(List<Ciphertexts> opened) throws Exception;
  }

  private void cells() throws Exception {
    var layout = new CellLayout(HeParameters.CELLS_4096, KEYS, 1, 8);
    try (var context = HeContext.open(layout.parameters(), new SecureRandom());
        var secret = context.generateSecretKey();
        var table = new CellTable(context, layout)) {
      HiddenSums.fill(table, new Random(1));
      var sums = new SumQuestion(context, layout);
      compare(
          "no cell and all",
          context,
          () -> List.of(sums.ask(secret, key -> 0)),
          () -> List.of(sums.ask(secret, key -> 1)),
          opened -> {
            try (var result = table.evaluate(opened.getFirst())) {
              return result.truncate(layout.replyShape());
            }
          });
      var few = new OneHotQuestion(context, layout);
      try (var keys = keys(context, secret, few.keyElements())) {
        compare(
            "one-hot, no cell and three",
            context,
            () -> List.of(few.ask(secret, List.of())),
            () -> List.of(few.ask(secret, List.of(1, KEYS / 2, KEYS - 1))),
            opened -> {
              try (var result = table.evaluate(opened.getFirst(), keys)) {
                return result.truncate(layout.oneHotReplyShape());
              }
            });
      }
    }
  }

  private void index() throws Exception {
    var shape = new LookupShape(RECORDS);
    try (var context = HeContext.open(LookupShape.PARAMETERS, new SecureRandom());
        var secret = context.generateSecretKey();
        var table = RecordTable.of(context, shape, random(RECORDS * LookupShape.RECORD_BYTES))) {
      var lookup = new LookupQuestion(context, shape);
      try (var keys = keys(context, secret, lookup.keyElements())) {
        compare(
            "lookup by index, first and last",
            context,
            () -> List.of(lookup.ask(secret, 0)),
            () -> List.of(lookup.ask(secret, RECORDS - 1)),
            opened -> table.answer(opened.getFirst(), keys));
      }
    }
  }

  private void keyword() throws Exception {
    var random = new SecureRandom();
    var lock = new RecordLock("bench of times, version 1");
    var key = OprfKey.derive(new byte[OprfKey.SEED_BYTES], new byte[0], random);
    var values = new LinkedHashMap<String, byte[]>();
    IntStream.range(0, RECORDS).forEach(i -> values.put("K" + i, new byte[100]));
    var records = KeywordRecords.of(lock, key, values, 100, random);
    try (var context = HeContext.open(LookupShape.PARAMETERS, random);
        var secret = context.generateSecretKey();
        var table = records.table(context)) {
      var asker = new KeywordQuestion(context, records.shape(), lock);
      try (var keys = keys(context, secret, asker.lookup().keyElements())) {
        compare(
            "lookup by keyword, there and not",
            context,
            () -> asker.ask(secret, "K1"),
            () -> asker.ask(secret, "nobody"),
            opened ->
                table.answer(
                    opened.stream().map(one -> new RecordTable.Asked(one, keys)).toList()));
      }
    }
    evaluations(key, lock.name("K1"), lock.name("nobody"), random);
  }

  /** What opens an entry: of names that are blinded anew each time, as askers do it. */
  private void evaluations(OprfKey key, byte[] first, byte[] second, SecureRandom random)
      throws Exception {
    int some = runs / 5;
    var one = blinded(some, key, first, random);
    var other = blinded(some, key, second, random);
    double t = Welch.t(some, () -> evaluated(key, one.next()), () -> evaluated(key, other.next()));
    sheet.atMost("timing of the evaluation of two names, |t|", t, "t", LIMIT);
  }

  private static Callable<?> evaluated(OprfKey key, Element name) {
    return () -> key.evaluate(List.of(name));
  }

  private static Iterator<Element> blinded(
      int count, OprfKey key, byte[] name, SecureRandom random) {
    return Stream.generate(() -> OprfClient.blind(key.publicKey(), List.of(name), random))
        .limit(count)
        .map(client -> client.blinded().getFirst())
        .toList()
        .iterator();
  }

  private static GaloisKeys keys(HeContext context, SecretKey secret, List<Integer> elements) {
    return context.galoisKeys(elements, secret.galoisKeys(elements));
  }

  private static ByteBuffer random(int count) {
    var bytes = new byte[count];
    new Random(1).nextBytes(bytes);
    return ByteBuffer.wrap(bytes);
  }

  /**
   * Every run has a question of its own, past the gate: else the places in memory where two of them
   * lie would be compared.
   */
  private void compare(
      String what,
      HeContext context,
      Supplier<List<Words>> first,
      Supplier<List<Words>> second,
      Answering answering)
      throws Exception {
    Supplier<Callable<?>> one = () -> work(context, first.get(), answering);
    Supplier<Callable<?>> other = () -> work(context, second.get(), answering);
    Welch.t(runs / 10, one, other); // until it is compiled
    sheet.atMost("timing of " + what + ", |t|", Welch.t(runs, one, other), "t", LIMIT);
    Supplier<Callable<?>> leaking =
        () -> {
          var question = second.get();
          return () -> {
            context.seeded(question.getFirst()).close();
            return answered(context, question, answering);
          };
        };
    double planted = Welch.t(runs / 10, one, leaking);
    sheet.atLeast("the same of an evaluator that opens one twice", planted, "t", LIMIT);
  }

  private static Callable<?> work(HeContext context, List<Words> question, Answering answering) {
    return () -> answered(context, question, answering);
  }

  private static Object answered(HeContext context, List<Words> question, Answering answering)
      throws Exception {
    var opened = question.stream().map(context::seeded).toList();
    try {
      return answering.answer(opened);
    } finally {
      opened.forEach(Ciphertexts::close);
    }
  }
}
