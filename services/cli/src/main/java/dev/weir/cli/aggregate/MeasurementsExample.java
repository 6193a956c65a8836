package dev.weir.cli.aggregate;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.privacy.vdaf.FixedPointEncoding;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir aggregate example measurements}: rows that a task takes, made up. */
@Command(
    name = "measurements",
    description =
        "A CSV of made-up measurements as upload takes them, to try a task with; nobody real is in"
            + " it / 供试用任务的虚构测量值 CSV（upload 所用格式），不涉及真实个人",
    exitCodeListHeading = Statuses.HEADING,
    exitCodeList = {Statuses.DONE, Statuses.USAGE},
    footerHeading = Statuses.EXAMPLE,
    footer = "weir aggregate example measurements --task task.json --rows 30 > days.csv",
    mixinStandardHelpOptions = true)
final class MeasurementsExample implements Callable<Integer> {
  private static final int MOST_ROWS = 1_000_000;

  @Mixin private TaskOption taskOption = new TaskOption();

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "30",
      description =
          "how many, 1 to 1000000, of a federated task's records no more than a report adds up; default:"
              + " ${DEFAULT-VALUE} / 行数，1 至 1000000，联邦任务的记录不超过一份报告的上限，默认 ${DEFAULT-VALUE}")
  private int rows = 1;

  @Override
  public Integer call() throws IOException {
    if (rows < 1 || rows > MOST_ROWS) {
      throw new CommandFault(ExitCode.USAGE, "--rows 为 1 至 1000000", "--rows is 1 to 1000000");
    }
    var task = TaskFile.read(taskOption.file());
    var vdaf = task.task().configuration().vdaf();
    var encoding = task.noise().encoding();
    var random = new SecureRandom();
    var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    int most = encoding.map(FixedPointEncoding::records).orElse(rows);
    for (int row = 0; row < Math.min(rows, most); row++) {
      out.println(
          encoding.map(records -> record(records, random)).orElseGet(() -> row(vdaf, random)));
    }
    out.flush();
    return ExitCode.OK.status();
  }

  /** A row whose measurement the function takes; each is as likely as any other. */
  static String row(VdafConfiguration vdaf, RandomGenerator random) {
    return switch (vdaf) {
      case VdafConfiguration.Count() -> Integer.toString(random.nextInt(2));
      case VdafConfiguration.Sum(long max) -> Long.toString(upTo(max, random));
      case VdafConfiguration.Histogram(long length, long chunk) ->
          Long.toString(random.nextLong(length));
      case VdafConfiguration.SumVec(long length, long max, long chunk) ->
          numbers(length, max, random);
      case VdafConfiguration.UnverifiedSumVec(long length, long max) ->
          numbers(length, max, random);
      case VdafConfiguration.MultihotCountVec(long length, long chunk, long weight) ->
          choices(Math.toIntExact(length), random.nextLong(weight + 1), random);
    };
  }

  /** A record of a federated task; some are longer than its norm, and will be clipped. */
  static String record(FixedPointEncoding encoding, RandomGenerator random) {
    double norm = Math.scalb((double) encoding.clipUnits(), -encoding.fractionBits());
    double spread = norm / Math.sqrt(encoding.length());
    return IntStream.range(0, encoding.length())
        .mapToObj(element -> String.format(Locale.ROOT, "%.6f", random.nextGaussian() * spread))
        .collect(Collectors.joining(","));
  }

  private static long upTo(long max, RandomGenerator random) {
    return max == Long.MAX_VALUE ? random.nextLong(max) : random.nextLong(max + 1);
  }

  private static String numbers(long length, long max, RandomGenerator random) {
    return LongStream.range(0, length)
        .mapToObj(element -> Long.toString(upTo(max, random)))
        .collect(Collectors.joining(","));
  }

  private static String choices(int length, long chosen, RandomGenerator random) {
    var marks = new long[length];
    for (long left = Math.min(chosen, length); left > 0; left--) {
      marks[random.nextInt(length)] = 1; // one that falls twice on an option chooses fewer
    }
    return LongStream.of(marks).mapToObj(Long::toString).collect(Collectors.joining(","));
  }
}
