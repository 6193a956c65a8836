package dev.weir.benchmarks.shape;

import dev.weir.benchmarks.harness.Benchmark;
import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Sizes of the Java main sources, and the share of all Java lines that test. */
public final class ShapeBenchmark implements Benchmark {
  private static final int MEDIAN_LINES = 80;
  private static final int P90_LINES = 200;

  @Override
  public String name() {
    return "shape";
  }

  @Override
  public void run(Settings settings, Sheet sheet) throws IOException {
    var sources = sources(settings.root());
    var main = sources.stream().filter(source -> !source.test()).mapToLong(Source::lines);
    long[] sizes = main.sorted().toArray();
    long tests = sources.stream().filter(Source::test).mapToLong(Source::lines).sum();
    long all = sources.stream().mapToLong(Source::lines).sum();
    sheet.atMost("median main file", quantile(sizes, 0.5), "lines", MEDIAN_LINES);
    sheet.atMost("p90 main file", quantile(sizes, 0.9), "lines", P90_LINES);
    sheet.atMost("largest main file", (double) sizes[sizes.length - 1], "lines", 400);
    sheet.against("test lines", (double) tests, "lines", "all Java lines", (double) all);
  }

  private static double quantile(long[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  /**
   * @param test below {@code src/test}, or of a module that only serves tests
   */
  private record Source(boolean test, long lines) {}

  private static List<Source> sources(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      return files
          .map(root::relativize)
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !contains(file, "target") && !contains(file, ".weir"))
          .map(file -> new Source(isTest(file), lines(root.resolve(file))))
          .toList();
    }
  }

  private static boolean isTest(Path file) {
    return file.startsWith("tests") || contains(file, "test");
  }

  private static boolean contains(Path file, String name) {
    for (Path part : file) {
      if (part.toString().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static long lines(Path file) {
    try (var lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
