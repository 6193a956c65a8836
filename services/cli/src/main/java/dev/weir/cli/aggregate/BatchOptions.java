package dev.weir.cli.aggregate;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.dap.task.BatchMode;
import dev.weir.dap.task.TimeInterval;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** When a task takes reports, and what a batch must hold, as options. Confined to its command. */
final class BatchOptions {
  private static final int FEW = 5;

  @Option(
      names = "--precision",
      defaultValue = "PT1H",
      description = "unit of time of reports and batches / 时间单位，默认一小时")
  private Duration precision = Duration.ofHours(1);

  @Option(names = "--from", description = "instant; default: now / 起始时刻，默认为当前")
  private @Nullable Instant from;

  @Option(
      names = "--for",
      paramLabel = "PERIOD",
      defaultValue = "P30D",
      description = "how long it takes reports / 任务期限，默认 30 天")
  private Duration period = Duration.ofDays(30);

  @Option(
      names = "--leader-selected",
      description = "batches as the leader puts them together, instead of intervals / 由主聚合方选定批次")
  private boolean leaderSelected;

  @Option(
      names = "--min-reports",
      defaultValue = "100",
      description = "fewest reports of a batch / 批次最少报告数")
  private long minReports = 100;

  @Option(
      names = "--min-contributors",
      description = "fewest parties that contribute to a batch; default: 5, or all / 批次最少上报主体数")
  private @Nullable Integer minContributors;

  @Option(
      names = "--cap",
      paramLabel = "REPORTS",
      required = true,
      description =
          "most reports of a party, over all its keys, in a unit of --precision (a batch of several units takes so"
              + " many of each), or in a leader-selected batch / 每个主体（其全部密钥合计）在每个时间单位或主聚合方选定批次中的上限")
  private int cap;

  @Option(
      names = "--max-age",
      defaultValue = "P2D",
      description = "older reports are refused, 2 hours to 90 days / 报告最长时效")
  private Duration maxAge = Duration.ofDays(2);

  @Option(
      names = "--clock-skew",
      defaultValue = "PT5M",
      description = "how far a report may be ahead, up to 10 minutes / 时钟容差")
  private Duration clockSkew = Duration.ofMinutes(5);

  long precisionSeconds() {
    return precision.toSeconds();
  }

  /**
   * In units of the precision, the one that has begun included.
   *
   * @throws CommandFault when there is none
   */
  TimeInterval interval(Instant now) {
    long unit = precisionSeconds();
    if (unit < 1
        || precision.toMillis() % 1_000 != 0
        || period.toSeconds() < unit
        || start(now).getEpochSecond() < 0) {
      throw new CommandFault(
          ExitCode.USAGE,
          "--precision 为整秒，--for 不短于它，--from 不早于 1970 年",
          "--precision of whole seconds, --for no shorter than it, --from not before 1970");
    }
    return new TimeInterval(
        start(now).getEpochSecond() / unit, Math.ceilDiv(period.toSeconds(), unit));
  }

  BatchMode mode() {
    return leaderSelected ? BatchMode.LEADER_SELECTED : BatchMode.TIME_INTERVAL;
  }

  long minReports() {
    return minReports;
  }

  int minContributors(int parties) {
    return minContributors == null ? Math.min(FEW, parties) : minContributors;
  }

  int cap() {
    return cap;
  }

  long maxAgeSeconds() {
    return maxAge.toSeconds();
  }

  long clockSkewSeconds() {
    return clockSkew.toSeconds();
  }

  private Instant start(Instant now) {
    return from == null ? now : from;
  }
}
