package dev.weir.query.he.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.compliance.Control;
import dev.weir.he.GaloisKeys;
import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.SecretKey;
import dev.weir.he.Words;
import dev.weir.he.query.CellLayout;
import dev.weir.he.query.CellTable;
import dev.weir.he.query.IndexShape;
import dev.weir.he.query.LookupQuestion;
import dev.weir.he.query.LookupShape;
import dev.weir.he.query.OneHotQuestion;
import dev.weir.he.query.SumQuestion;
import dev.weir.he.wire.WireGaloisKeys;
import dev.weir.query.he.evaluator.EvaluatorFault.Reason;
import dev.weir.runtime.embedded.ProcessMark;
import dev.weir.runtime.embedded.Waiting;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real child that is killed, crashed, stopped and overfed: at most its running question fails.
 */
class EvaluatorTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String NAME = "he-worker-1";
  private static final CellLayout LAYOUT = new CellLayout(HeParameters.CELLS_4096, 5, 2, 12);
  private static final long[][] CELLS = {{1, 2, 3, 4, 5}, {-10, 20, -30, 40, -50}};
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path directory;
  private final AtomicInteger read = new AtomicInteger();
  private HeContext context;
  private SecretKey secret;
  private Evaluator evaluator;

  @BeforeEach
  void start() {
    context = HeContext.open(HeParameters.CELLS_4096, RANDOM);
    secret = context.generateSecretKey();
    evaluator = evaluator(Duration.ofMinutes(2));
  }

  @AfterEach
  void stop() {
    evaluator.close();
    secret.close();
    context.close();
    assertThat(mark().alive()).isFalse();
  }

  @Test
  void sums_areThoseOfTheCells_whichAreSentOnce() {
    assertThat(sums(evaluator, "r1")).containsExactly(10, -100);
    assertThat(sums(evaluator, "r1")).containsExactly(10, -100);
    assertThat(read).hasValue(1);
    assertThat(sums(evaluator, "r2")).containsExactly(10, -100);
    assertThat(read).as("another epoch is other cells").hasValue(2);
  }

  /** Deterministic, so that an auditor gets the same bytes in another process. */
  @Test
  void result_isTheSameInThisProcess() {
    var question = question();
    var there =
        evaluator.sums(cells("r1"), List.of(question), () -> EvaluatorTest::column).getFirst();
    try (var table = table()) {
      var here = Evaluated.sums(context, table, question);
      assertThat(there.resultSha256()).isEqualTo(here.resultSha256());
      assertThat(there.replyBytes()).isEqualTo(here.replyBytes());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "SEGV"})
  @Control("HEQ-02")
  void child_thatIsKilled_failsItsRunningQuestionAlone(String signal) throws Exception {
    // given a question under way
    assertThat(sums(evaluator, "r1")).containsExactly(10, -100);
    var first = mark();
    send("STOP", first);
    var running = CompletableFuture.supplyAsync(() -> sums(evaluator, "r1"));
    // when
    send(signal, first);
    send("CONT", first);
    // then
    assertThatThrownBy(() -> join(running))
        .isInstanceOfSatisfying(
            EvaluatorFault.class, fault -> assertThat(fault.reason()).isEqualTo(Reason.ENDED));
    assertThat(sums(evaluator, "r1")).containsExactly(10, -100);
    assertThat(mark()).isNotEqualTo(first);
    assertThat(first.alive()).isFalse();
  }

  @Test
  void child_thatIsKilledBetweenQuestions_failsNone() throws Exception {
    assertThat(sums(evaluator, "r1")).containsExactly(10, -100);
    var first = mark();
    send("KILL", first);
    assertThat(Waiting.until(PATIENCE, () -> !mark().equals(first) && evaluator.alive())).isTrue();
    assertThat(sums(evaluator, "r1")).containsExactly(10, -100);
  }

  @Test
  @Control("HEQ-02")
  void question_thatPassesTheDeadline_endsTheChild() throws Exception {
    evaluator.close();
    evaluator = evaluator(Duration.ofMillis(400));
    var first = mark();
    send("STOP", first);
    assertThatThrownBy(() -> sums(evaluator, "r1"))
        .isInstanceOfSatisfying(
            EvaluatorFault.class, fault -> assertThat(fault.reason()).isEqualTo(Reason.DEADLINE));
    assertThat(Waiting.until(PATIENCE, () -> !mark().equals(first) && evaluator.alive())).isTrue();
  }

  @Test
  @Control("HEQ-02")
  void cells_beyondTheMemory_areRefused_andTheChildGoesOn() {
    var wide = new CellLayout(HeParameters.CELLS_4096, 1 << 16, 8, 60);
    var selection = new SumQuestion(context, wide).ask(secret, key -> 0);
    assertThatThrownBy(() ->
            evaluator.sums(
                new Cells("c/wide", "r", wide),
                List.of(selection),
                () -> measure -> LongBuffer.allocate(1 << 16)))
        .isInstanceOfSatisfying(
            EvaluatorFault.class, fault -> assertThat(fault.reason()).isEqualTo(Reason.REFUSED));
    assertThat(sums(evaluator, "r1")).containsExactly(10, -100);
  }

  @Test
  @Control("HEQ-02")
  void child_hasCappedMemory_andNothingOfItsParentsEnvironment() throws IOException {
    Path process = Path.of("/proc", Long.toString(mark().pid()));
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/prlimit")), "prlimit is not installed");
    assertThat(Files.readString(process.resolve("limits")))
        .containsPattern("Max address space +[0-9]{9,10} ");
    assertThat(Files.readString(process.resolve("environ"))).doesNotContain("HOME", "PATH");
  }

  /** Sums that wait together: one pass over the cells, and each gets what it gets alone. */
  @Test
  void sums_thatWaitTogether_shareOnePass_andEachIsAnsweredAsAlone() {
    var questions = List.of(question(), question(), question());
    var together = evaluator.sums(cells("r1"), questions, () -> EvaluatorTest::column);
    assertThat(evaluator.passes()).isEqualTo(1);
    for (int i = 0; i < questions.size(); i++) {
      var alone =
          evaluator
              .sums(cells("r1"), questions.subList(i, i + 1), () -> EvaluatorTest::column)
              .getFirst();
      assertThat(together.get(i).replyBytes()).isEqualTo(alone.replyBytes());
      assertThat(together.get(i).resultSha256()).isEqualTo(alone.resultSha256());
    }
    assertThat(evaluator.passes()).as("alone, each has a pass").isEqualTo(4);
  }

  /** One-hot questions of two keys: cells and keys are sent once each, and one pass answers. */
  @Test
  void oneHotQuestions_findTheirCells_andTheResultIsTheSameInThisProcess() {
    var asker = new OneHotQuestion(context, LAYOUT);
    var elements = asker.keyElements();
    try (var other = context.generateSecretKey();
        var table = table()) {
      var keys =
          Map.of(
              "aa".repeat(32), new WireGaloisKeys(elements, secret.galoisKeys(elements)),
              "bb".repeat(32), new WireGaloisKeys(elements, other.galoisKeys(elements)));
      var questions =
          List.of(
              new Lookup(asker.ask(secret, List.of(3)), "aa".repeat(32)),
              new Lookup(asker.ask(other, List.of(0, 4, 2)), "bb".repeat(32)));
      var sent = new ArrayList<String>();
      // when
      var found =
          evaluator.oneHot(
              cells("r1"),
              questions,
              digest -> {
                sent.add(digest);
                return Optional.ofNullable(keys.get(digest)).orElseThrow();
              },
              () -> EvaluatorTest::column);
      // then
      assertThat(sent).containsExactlyInAnyOrder("aa".repeat(32), "bb".repeat(32));
      assertThat(evaluator.passes()).isEqualTo(1);
      assertThat(asker.values(secret, List.of(3), found.getFirst().reply()))
          .containsExactly(cell(3));
      assertThat(asker.values(other, List.of(0, 4, 2), found.get(1).reply()))
          .containsExactly(cell(0), cell(4), cell(2));
      try (var own = keys.get("aa".repeat(32)).open(context)) {
        var one = new Evaluated.Expandable(questions.getFirst().queries(), own);
        var here = Evaluated.oneHot(context, table, List.of(one)).getFirst();
        assertThat(here.resultSha256()).isEqualTo(found.getFirst().resultSha256());
        assertThat(here.replyBytes()).isEqualTo(found.getFirst().replyBytes());
      }
    }
  }

  /** Two workers with half of the tiles each come to the bytes that one with all of them does. */
  @Test
  void sharesOfAQuestion_addUpToItsResult_byteForByte() {
    var whole = new CellLayout(HeParameters.CELLS_4096, 2 * 4_096 + 5, 2, 20);
    IntFunction<LongBuffer> all =
        measure ->
            LongBuffer.wrap(
                LongStream.range(0, whole.keys()).map(key -> key * 31 - measure).toArray());
    var sums = new SumQuestion(context, whole).ask(secret, key -> key % 3);
    var asker = new OneHotQuestion(context, whole);
    var elements = asker.keyElements();
    var keys = new WireGaloisKeys(elements, secret.galoisKeys(elements));
    var one = new Lookup(asker.ask(secret, List.of(8_194, 7)), "aa".repeat(32));
    var cells = new Cells("c/w", "r1", whole);
    // when
    var together = evaluator.sums(cells, List.of(sums), () -> all).getFirst();
    var marked = evaluator.oneHot(cells, List.of(one), digest -> keys, () -> all).getFirst();
    var summed = new ArrayList<byte[]>();
    var found = new ArrayList<byte[]>();
    int each = context.seededWords();
    for (int share = 0; share < 2; share++) {
      int first = share; // one block, and then two
      var part = new CellLayout(whole.parameters(), share == 0 ? 4_096 : 4_096 + 5, 2, 20);
      var wanted = new Cells("c/w#" + share, "r1", part);
      Supplier<IntFunction<LongBuffer>> own =
          () -> measure -> all.apply(measure).slice(first * 4_096, part.keys());
      var weights = new ShareQuestion.Weights(sums.slice(first * each, part.terms() * each));
      summed.add(evaluator.share(wanted, weights, digest -> keys, own).replyBytes());
      var marks = new ShareQuestion.Marked(one, whole.leaves(), first);
      found.add(evaluator.share(wanted, marks, digest -> keys, own).replyBytes());
    }
    // then
    assertThat(evaluator.gathered(whole, false, summed)).isEqualTo(together);
    assertThat(evaluator.gathered(whole, true, found)).isEqualTo(marked);
    assertThat(asker.values(secret, List.of(8_194), marked.reply()).getFirst().getFirst())
        .isEqualTo(BigInteger.valueOf(8_194 * 31));
    assertThat(evaluator.gathered(whole, false, List.of(summed.getFirst())))
        .as("a share left out shows")
        .isNotEqualTo(together);
  }

  private static List<BigInteger> cell(int key) {
    return List.of(BigInteger.valueOf(CELLS[0][key]), BigInteger.valueOf(CELLS[1][key]));
  }

  /** Three askers wait together: one pass over the records, and each gets what it gets alone. */
  @Test
  void lookups_thatWaitTogether_shareOnePass_andEachIsAnsweredAsAlone() {
    var shape = new IndexShape(40, 900);
    byte[] records = new byte[shape.records() * LookupShape.RECORD_BYTES];
    RANDOM.nextBytes(records);
    try (var lookups = HeContext.open(LookupShape.PARAMETERS, RANDOM);
        var one = lookups.generateSecretKey();
        var other = lookups.generateSecretKey()) {
      var elements = GaloisKeys.expansionElements(LookupShape.PARAMETERS, shape.lookup().leaves());
      var keys =
          Map.of(
              "aa".repeat(32), new WireGaloisKeys(elements, one.galoisKeys(elements)),
              "bb".repeat(32), new WireGaloisKeys(elements, other.galoisKeys(elements)));
      var asker = new LookupQuestion(lookups, shape.lookup());
      var questions =
          List.of(
              new Lookup(asker.ask(one, 3), "aa".repeat(32)),
              new Lookup(asker.ask(other, 3), "bb".repeat(32)),
              new Lookup(asker.ask(one, 39), "aa".repeat(32)));
      // when
      var together = lookUp(shape, questions, keys, records);
      // then
      assertThat(evaluator.passes()).isEqualTo(1);
      assertThat(read).as("records sent once").hasValue(1);
      for (int i = 0; i < questions.size(); i++) {
        var alone = lookUp(shape, questions.subList(i, i + 1), keys, records).getFirst();
        assertThat(together.get(i).replyBytes()).isEqualTo(alone.replyBytes());
        assertThat(together.get(i).resultSha256()).isEqualTo(alone.resultSha256());
      }
      assertThat(evaluator.passes()).as("alone, each has a pass").isEqualTo(4);
      assertThat(asker.record(one, 39, together.get(2).reply()))
          .isEqualTo(Arrays.copyOfRange(records, 39 * 1024, 40 * 1024));
      assertThat(asker.record(other, 3, together.get(1).reply()))
          .isEqualTo(Arrays.copyOfRange(records, 3 * 1024, 4 * 1024));
    }
  }

  private List<Evaluated> lookUp(
      IndexShape shape, List<Lookup> questions, Map<String, WireGaloisKeys> keys, byte[] records) {
    return evaluator.lookups(
        "c/t/1",
        shape,
        questions,
        digest -> Optional.ofNullable(keys.get(digest)).orElseThrow(),
        () -> {
          read.incrementAndGet();
          return ByteBuffer.wrap(records);
        });
  }

  private Evaluator evaluator(Duration deadline) {
    var made = new Evaluator(NAME, directory, new Evaluator.Limits(16, deadline));
    made.start();
    assertThat(Waiting.until(PATIENCE, made::alive)).isTrue();
    return made;
  }

  private ProcessMark mark() {
    return ProcessMark.read(Evaluator.mark(directory, NAME)).orElseThrow();
  }

  private static void send(String signal, ProcessMark to) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(to.pid())).start();
    assertThat(kill.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  private static Object join(CompletableFuture<long[]> running) throws Throwable {
    try {
      return running.join();
    } catch (CompletionException e) {
      throw e.getCause();
    }
  }

  /** Twice the first, the third and the last cell once. */
  private Words question() {
    long[] weights = {2, 0, 1, 0, 1};
    return new SumQuestion(context, LAYOUT).ask(secret, key -> weights[key]);
  }

  private long[] sums(Evaluator over, String root) {
    var evaluated =
        over.sums(
                cells(root),
                List.of(question()),
                () -> {
                  read.incrementAndGet();
                  return EvaluatorTest::column;
                })
            .getFirst();
    return new SumQuestion(context, LAYOUT)
        .sums(secret, evaluated.reply()).stream().mapToLong(BigInteger::longValueExact).toArray();
  }

  private static Cells cells(String root) {
    return new Cells("c/r", root, LAYOUT);
  }

  private CellTable table() {
    var table = new CellTable(context, LAYOUT);
    for (int measure = 0; measure < 2; measure++) {
      for (int key = 0; key < 5; key++) {
        table.set(measure, key, CELLS[measure][key]);
      }
    }
    table.publish();
    return table;
  }

  private static LongBuffer column(int measure) {
    return LongBuffer.wrap(CELLS[measure]);
  }
}
