package dev.weir.benchmarks.he;

import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.Words;
import dev.weir.he.query.CellLayout;
import dev.weir.he.query.SumQuestion;
import dev.weir.query.he.evaluator.Cells;
import dev.weir.query.he.evaluator.Evaluator;
import dev.weir.runtime.embedded.ProcessMark;
import dev.weir.runtime.embedded.Trees;
import dev.weir.runtime.embedded.Waiting;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * Questions through the children of one and of two workers, and how soon a killed child is back.
 */
final class Workers {
  private static final int MEASURES = 4;
  private static final int CELL_BITS = 24;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final double NANOS = 1e9;

  private final List<Evaluator> evaluators = new ArrayList<>();
  private final CellLayout layout;
  private final Words question;
  private final Path directory;

  private Workers(CellLayout layout, Words question, Path directory) {
    this.layout = layout;
    this.question = question;
    this.directory = directory;
  }

  static void write(Settings settings, Sheet sheet) throws Exception {
    var layout =
        new CellLayout(
            HeParameters.CELLS_4096, settings.pick(1 << 14, 1 << 18), MEASURES, CELL_BITS);
    Path directory = Files.createTempDirectory("weir-workers");
    try (var context = HeContext.open(HeParameters.CELLS_4096, new SecureRandom());
        var secret = context.generateSecretKey()) {
      Words question = new SumQuestion(context, layout).ask(secret, key -> key & 1);
      var workers = new Workers(layout, question, directory);
      try {
        workers.write(settings.pick(8, 40), sheet);
      } finally {
        workers.evaluators.forEach(Evaluator::close);
      }
    } finally {
      Trees.delete(directory);
    }
  }

  private void write(int questions, Sheet sheet) throws Exception {
    open(1);
    double one = perSecond(1, questions);
    open(2);
    double two = perSecond(2, questions);
    sheet.against("two workers, one set of cells", two, "questions/s", "one worker", one);
    sheet.atMost("killed child is back", backSeconds(), "s", 3.0);
  }

  private void open(int number) {
    var made =
        new Evaluator(
            "worker-" + number, directory, new Evaluator.Limits(1024, Duration.ofMinutes(2)));
    made.start();
    Waiting.until(PATIENCE, made::alive);
    ask(made); // sends the cells
    evaluators.add(made);
  }

  /** All workers share the questions, as members of one group do. */
  private double perSecond(int workers, int questions) throws Exception {
    try (var pool = Executors.newFixedThreadPool(workers)) {
      long start = System.nanoTime();
      var running = new ArrayList<java.util.concurrent.Future<?>>();
      for (Evaluator one : evaluators.subList(0, workers)) {
        running.add(
            pool.submit(() -> {
              for (int i = 0; i < questions / workers; i++) {
                ask(one);
              }
            }));
      }
      for (var one : running) {
        one.get();
      }
      return questions * NANOS / (System.nanoTime() - start);
    }
  }

  private double backSeconds() {
    var first = evaluators.getFirst();
    var mark = ProcessMark.read(Evaluator.mark(directory, "worker-1")).orElseThrow();
    long start = System.nanoTime();
    mark.process().orElseThrow().destroyForcibly();
    Waiting.until(PATIENCE, () -> !mark.alive() && first.alive());
    return (System.nanoTime() - start) / NANOS;
  }

  private void ask(Evaluator evaluator) {
    evaluator.sums(
        new Cells("bench", "epoch 1", layout),
        List.of(question),
        () ->
            measure -> {
              var values = LongBuffer.allocate(layout.keys());
              for (int key = 0; key < layout.keys(); key++) {
                values.put((key * 7919L + measure) % (1 << (CELL_BITS - 2)));
              }
              return values.flip();
            });
  }
}
