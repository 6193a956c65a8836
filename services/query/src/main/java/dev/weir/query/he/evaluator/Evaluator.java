package dev.weir.query.he.evaluator;

import dev.weir.he.Words;
import dev.weir.he.query.CellLayout;
import dev.weir.he.query.EntryShape;
import dev.weir.he.query.LookupShape;
import dev.weir.he.wire.WireGaloisKeys;
import dev.weir.query.he.evaluator.EvaluatorFault.Reason;
import dev.weir.query.he.evaluator.EvaluatorPair.Starts;
import dev.weir.query.he.evaluator.Exchange.Records;
import dev.weir.runtime.embedded.OwnerOnly;
import dev.weir.runtime.embedded.ProcessMark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Evaluates questions in a child; a second child only waits: when the first ends the other takes
 * its place at once, however busy the machine and however often. A question that takes too long
 * ends its child. Asking is confined to one thread; the rest is thread-safe.
 */
public final class Evaluator implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration IDLE_START = Duration.ofSeconds(5);

  /**
   * @param cellMegabytes native memory for cells
   * @param deadline of one question
   */
  public record Limits(int cellMegabytes, Duration deadline) {}

  private final Path directory;
  private final Limits limits;
  private final AtomicLong passes = new AtomicLong();
  private final ScheduledExecutorService alarms =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("he-deadline").daemon().factory());
  private final EvaluatorPair children;
  private volatile String library = "";

  /**
   * @param name of its mark and log in {@code directory}
   */
  public Evaluator(String name, Path directory, Limits limits) {
    this(name, directory, limits, starts(name, directory, limits));
  }

  Evaluator(String name, Path directory, Limits limits, Starts starts) {
    this.directory = directory;
    this.limits = limits;
    this.children = new EvaluatorPair(name, mark(directory, name), starts, alarms);
  }

  private static Starts starts(String name, Path directory, Limits limits) {
    var log = directory.resolve(name + ".log");
    int megabytes = limits.cellMegabytes();
    return new Starts(
        () ->
            EvaluatorProcess.start(directory, EvaluatorProcess.command(directory, megabytes), log),
        IDLE_START,
        Thread::sleep);
  }

  public void start() {
    OwnerOnly.directory(directory);
    children.start();
  }

  /** Whether a child takes questions. */
  public boolean alive() {
    return children.alive();
  }

  /** How many children could take a question: two, when one also stands by. */
  int ready() {
    return children.ready();
  }

  /** Where the running child is named, by {@link ProcessMark}. */
  public static Path mark(Path directory, String name) {
    return directory.resolve(name + ".pid");
  }

  /**
   * Sums cells: all questions in one pass over them.
   *
   * @param questions seeded ciphertexts past the gate
   * @param cells by measure, in the order of the keys; read only when the child does not hold them
   * @return in the order of the questions
   * @throws EvaluatorFault when there is no result, and will be none for these questions
   */
  public List<Evaluated> sums(
      Cells wanted, List<Words> questions, Supplier<IntFunction<LongBuffer>> cells) {
    return alarmed(child ->
        found(
            questions.size(),
            () -> child.sums(wanted, questions),
            () -> child.hold(wanted, cells.get()),
            digest -> false));
  }

  /**
   * Finds the cells that questions mark: all questions in one pass over them.
   *
   * @param keys of a question by its digest; read only when the child does not hold them
   * @param cells by measure, in the order of the keys; read only when the child does not hold them
   * @return in the order of the questions
   * @throws EvaluatorFault when there is no result, and will be none for these questions
   */
  public List<Evaluated> oneHot(
      Cells wanted,
      List<Lookup> questions,
      Function<String, WireGaloisKeys> keys,
      Supplier<IntFunction<LongBuffer>> cells) {
    return alarmed(child ->
        found(
            questions.size(),
            () -> child.oneHot(wanted, questions),
            () -> child.hold(wanted, cells.get()),
            digest -> child.hold(wanted.layout().parameters(), digest, keys.apply(digest))));
  }

  /**
   * Looks up locked records: all questions in one pass over them.
   *
   * @param table names the records and their version
   * @param keys of a question by its digest; read only when the child does not hold them
   * @param records read only when the child does not hold them
   * @return in the order of the questions
   * @throws EvaluatorFault when there is no result, and will be none for these questions
   */
  public List<Evaluated> lookups(
      String table,
      EntryShape shape,
      List<Lookup> questions,
      Function<String, WireGaloisKeys> keys,
      Supplier<ByteBuffer> records) {
    var wanted = new Records(table, shape.records());
    int bytes = shape.queries() * shape.lookup().replyBytes();
    return alarmed(child ->
        found(
            questions.size(),
            () -> child.lookups(wanted, questions, bytes),
            () -> child.hold(wanted, records.get()),
            digest -> child.hold(LookupShape.PARAMETERS, digest, keys.apply(digest))));
  }

  /**
   * Multiplies one share of cells.
   *
   * @param wanted the share, named apart from others of the same cells
   * @param keys as for one-hot questions
   * @param cells of the share, by measure
   * @return its limbs, as the reply
   * @throws EvaluatorFault when there is no result, and will be none for this question
   */
  public Evaluated share(
      Cells wanted,
      ShareQuestion question,
      Function<String, WireGaloisKeys> keys,
      Supplier<IntFunction<LongBuffer>> cells) {
    return alarmed(child ->
            found(
                1,
                () -> child.share(wanted, question),
                () -> child.hold(wanted, cells.get()),
                digest -> child.hold(wanted.layout().parameters(), digest, keys.apply(digest))))
        .getFirst();
  }

  /**
   * Adds the shares of one question up.
   *
   * @param layout of all its cells
   * @param oneHot whether its reply is that of a one-hot question
   * @param shares limbs of each, as {@link #share} gave them
   * @throws EvaluatorFault when there is no result, and will be none for this question
   */
  public Evaluated gathered(CellLayout layout, boolean oneHot, List<byte[]> shares) {
    return alarmed(child ->
            found(1, () -> child.gathered(layout, oneHot, shares), () -> false, digest -> false))
        .getFirst();
  }

  /** Asks a child, until it holds all that it says it lacks. */
  private Optional<List<Evaluated>> found(int questions, Ask ask, Give table, GiveKeys keys)
      throws IOException {
    int tries = 2 + questions; // the table, each question's keys, and then the result
    for (int tried = 0; tried < tries; tried++) {
      switch (ask.found()) {
        case EvaluatorProcess.Found.Results results -> {
          passes.set(results.passes());
          return Optional.of(results.evaluated());
        }
        case EvaluatorProcess.Found.Missing missing -> held(table.taken());
        case EvaluatorProcess.Found.KeysMissing missing -> held(keys.taken(missing.sha256()));
        case EvaluatorProcess.Found.Refused refused -> {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  @FunctionalInterface
  private interface Ask {
    EvaluatorProcess.Found found() throws IOException;
  }

  @FunctionalInterface
  private interface Give {
    boolean taken() throws IOException;
  }

  @FunctionalInterface
  private interface GiveKeys {
    boolean taken(String sha256) throws IOException;
  }

  /** What the child that answered last evaluates with: SEAL, where it came from, the kernel. */
  public String library() {
    return library;
  }

  /** How often the present child has read through a table of cells or records. */
  public long passes() {
    return passes.get();
  }

  /** What is asked of a child; one that breaks off has been ended. */
  @FunctionalInterface
  private interface Request<T> {
    /** Empty when the child says no. */
    Optional<T> of(EvaluatorProcess child) throws IOException;
  }

  private <T> T alarmed(Request<T> request) {
    var child = awaitChild();
    var expired = new AtomicBoolean();
    var alarm =
        alarms.schedule(
            () -> {
              expired.set(true);
              child.end();
            },
            limits.deadline().toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      var answer = request.of(child).orElseThrow(() -> new EvaluatorFault(Reason.REFUSED));
      library = child.library();
      return answer;
    } catch (IOException e) {
      child.kill();
      throw new EvaluatorFault(expired.get() ? Reason.DEADLINE : Reason.ENDED);
    } finally {
      alarm.cancel(false);
    }
  }

  private static void held(boolean taken) {
    if (!taken) {
      throw new EvaluatorFault(Reason.REFUSED);
    }
  }

  private EvaluatorProcess awaitChild() {
    try {
      return children.child(PATIENCE).orElseThrow(() -> new EvaluatorFault(Reason.ABSENT));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EvaluatorFault(Reason.ABSENT);
    }
  }

  /** Ends both children at once; a question that is under way fails. */
  @Override
  public void close() {
    children.close();
    alarms.shutdownNow();
  }
}
