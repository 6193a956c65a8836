package dev.weir.cli.aggregate;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.privacy.vdaf.Measurement;
import java.util.Arrays;

/** Measurements from lines of a file: integers, separated by commas where there are several. */
final class Measurements {
  private final VdafConfiguration vdaf;

  Measurements(VdafConfiguration vdaf) {
    this.vdaf = vdaf;
  }

  /**
   * @param number of the line, for the message; the line itself is never shown
   */
  Measurement of(String line, int number) {
    try {
      long[] values =
          Arrays.stream(line.strip().split("\\s*,\\s*")).mapToLong(Long::parseLong).toArray();
      return switch (vdaf) {
        case VdafConfiguration.Count() -> Measurement.yes(only(values) == 1);
        case VdafConfiguration.Sum(long max) -> Measurement.number(only(values));
        case VdafConfiguration.Histogram(long length, long chunk) ->
            Measurement.bucket(Math.toIntExact(only(values)));
        case VdafConfiguration.SumVec(long length, long max, long chunk) ->
            Measurement.vector(values);
        case VdafConfiguration.MultihotCountVec(long length, long chunk, long weight) ->
            Measurement.choices(choices(values));
      };
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new CommandFault(
          ExitCode.USAGE,
          "第 " + number + " 行不是该任务的测量值",
          "line " + number + " is not a measurement of the task");
    }
  }

  private static long only(long[] values) {
    if (values.length != 1) {
      throw new IllegalArgumentException("one value");
    }
    return values[0];
  }

  private static boolean[] choices(long[] values) {
    var chosen = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0 && values[i] != 1) {
        throw new IllegalArgumentException("0 or 1");
      }
      chosen[i] = values[i] == 1;
    }
    return chosen;
  }
}
