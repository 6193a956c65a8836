package dev.weir.benchmarks.intake;

import dev.weir.benchmarks.harness.Benchmark;
import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.benchmarks.harness.Throughput;
import dev.weir.benchmarks.stack.BenchBroker;
import dev.weir.cli.demo.PublicDataset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Flights on their way into the domain: a slice, and all three million. */
public final class IntakeBenchmark implements Benchmark {
  private static final int SLICE = 300_000;
  private static final int ALL = 3_000_000;
  private static final double LIMIT_PER_SECOND = ALL / 90.0;

  @Override
  public String name() {
    return "intake";
  }

  @Override
  public void run(Settings settings, Sheet sheet) throws Exception {
    Path file = PublicDataset.FLIGHTS.obtain(settings.cache());
    try (var scratch = settings.scratch();
        var broker = BenchBroker.start(scratch.path().resolve("broker"))) {
      var line = new IntakeLine(broker.as("intake"), file, scratch.path());
      var values = new ArrayList<byte[]>(SLICE);
      measure(sheet, line, SLICE, values);
      if (!settings.quick()) {
        measure(sheet, line, ALL, values);
      }
    }
  }

  /**
   * @param values of the first slice: filled when empty, and sent again and again by the peer
   */
  private static void measure(Sheet sheet, IntakeLine line, int rows, List<byte[]> values)
      throws Exception {
    boolean keep = values.isEmpty();
    long start = System.nanoTime();
    line.stream(
        rows,
        value -> {
          if (keep) {
            values.add(value);
          }
        });
    double intake = rows / Throughput.seconds(start);
    start = System.nanoTime();
    line.sendAgain(rows, values);
    double plain = rows / Throughput.seconds(start);
    String measure = "intake of %,d records".formatted(rows);
    sheet.atLeast(measure, intake, "records/s", LIMIT_PER_SECOND);
    sheet.against(measure, intake, "records/s", "the same bytes produced only", plain);
  }
}
