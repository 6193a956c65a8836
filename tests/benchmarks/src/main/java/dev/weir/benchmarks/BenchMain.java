package dev.weir.benchmarks;

import dev.weir.benchmarks.aggregation.AggregationBenchmark;
import dev.weir.benchmarks.aggregation.OutageBenchmark;
import dev.weir.benchmarks.core.CoreBenchmark;
import dev.weir.benchmarks.harness.Benchmark;
import dev.weir.benchmarks.harness.JsonReport;
import dev.weir.benchmarks.harness.JvmNotes;
import dev.weir.benchmarks.harness.Report;
import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.benchmarks.harness.TextReport;
import dev.weir.benchmarks.he.HeBenchmark;
import dev.weir.benchmarks.intake.IntakeBenchmark;
import dev.weir.benchmarks.merkle.MerkleBenchmark;
import dev.weir.benchmarks.prio3.Prio3Benchmark;
import dev.weir.benchmarks.query.QueryBenchmark;
import dev.weir.benchmarks.shape.ShapeBenchmark;
import dev.weir.benchmarks.sums.SumBenchmark;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code weir bench [NAME] [--json] [--quick]}. Exits 0 when what must hold held, 1 when it did
 * not, 2 when the command was not understood. A missed limit is a figure, not a failure. Standard
 * output carries measures only; what the servers log goes to {@code .weir/bench.log}.
 */
public final class BenchMain {
  private static final List<Benchmark> ALL =
      List.of(
          new ShapeBenchmark(),
          new MerkleBenchmark(),
          new Prio3Benchmark(),
          new QueryBenchmark(), // before core, which plans too: its first plan is cold
          new CoreBenchmark(),
          new IntakeBenchmark(),
          new AggregationBenchmark(),
          new OutageBenchmark(),
          new HeBenchmark(),
          new SumBenchmark());

  private BenchMain() {}

  public static void main(String[] arguments) throws Exception {
    var rest = new ArrayList<>(List.of(arguments));
    boolean json = rest.remove("--json");
    boolean quick = rest.remove("--quick");
    var chosen = rest.isEmpty() ? unnamed() : named(rest);
    if (chosen.isEmpty()) {
      System.err.println(
          "weir bench [NAME] [--json] [--quick]; NAME is one of "
              + ALL.stream().map(Benchmark::name).collect(Collectors.joining(", ")));
      System.exit(2);
    }
    var root = Path.of(System.getProperty("weir.root", "")).toAbsolutePath().normalize();
    var out = System.out;
    System.setOut(log(root.resolve(".weir")));
    boolean held =
        run(chosen, new Settings(quick, root), json ? new JsonReport(out) : new TextReport(out));
    System.exit(held ? 0 : 1);
  }

  private static PrintStream log(Path directory) throws IOException {
    Files.createDirectories(directory);
    return new PrintStream(
        Files.newOutputStream(directory.resolve("bench.log")), true, StandardCharsets.UTF_8);
  }

  private static List<Benchmark> unnamed() {
    return ALL.stream().filter(one -> !one.byNameOnly()).toList();
  }

  /** Empty when the arguments name no benchmark, or more than one. */
  private static List<Benchmark> named(List<String> names) {
    return ALL.stream().filter(one -> List.of(one.name()).equals(names)).toList();
  }

  private static boolean run(List<Benchmark> chosen, Settings settings, Report report)
      throws Exception {
    boolean held = true;
    for (Benchmark benchmark : chosen) {
      var sheet = new Sheet(benchmark.name(), report);
      var notes = JvmNotes.begin();
      benchmark.run(settings, sheet);
      notes.write(sheet);
      held &= sheet.held();
    }
    return held;
  }
}
