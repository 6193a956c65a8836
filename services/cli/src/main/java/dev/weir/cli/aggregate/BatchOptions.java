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
      paramLabel = "PERIOD",
      defaultValue = "PT1H",
      description =
          "unit of time of reports and batches, such as PT15M; default: ${DEFAULT-VALUE}"
              + " / 报告与批次的时间单位，默认 ${DEFAULT-VALUE}（一小时）")
  private Duration precision = Duration.ofHours(1);

  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      description =
          "from when on it takes reports, such as 2026-01-01T00:00:00Z; default: now"
              + " / 自何时起接收报告，默认为当前")
  private @Nullable Instant from;

  @Option(
      names = "--for",
      paramLabel = "PERIOD",
      defaultValue = "P30D",
      description =
          "how long it takes reports; default: ${DEFAULT-VALUE} / 任务期限，默认 ${DEFAULT-VALUE}（30 天）")
  private Duration period = Duration.ofDays(30);

  @Option(
      names = "--leader-selected",
      description =
          "batches as the leader puts them together; without it a batch is an interval of time"
              + " / 由主聚合方选定批次；缺省时以时段为批次")
  private boolean leaderSelected;

  @Option(
      names = "--min-reports",
      paramLabel = "REPORTS",
      defaultValue = "100",
      description =
          "fewest reports of a batch; default: ${DEFAULT-VALUE} / 批次最少报告数，默认 ${DEFAULT-VALUE}")
  private long minReports = 100;

  @Option(
      names = "--min-contributors",
      paramLabel = "PARTIES",
      description =
          "fewest parties that contribute to a batch; default: 5, or all where they are fewer"
              + " / 批次最少上报主体数，默认 5，不足 5 个则为全部")
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
      paramLabel = "PERIOD",
      defaultValue = "P2D",
      description =
          "older reports are refused, at upload an hour and --clock-skew sooner (at most half of"
              + " this), so that an hour's outage loses none; 2 hours to 90 days, no longer than"
              + " either operator's topics keep messages (30 days unless set); default:"
              + " ${DEFAULT-VALUE} / 报告最长时效，上报时提前一小时加 --clock-skew（至多提前一半）截止，停机一小时不丢失；"
              + "2 小时至 90 天，且不超过双方主题的保存期（未另设时 30 天），默认 ${DEFAULT-VALUE}（2 天）")
  private Duration maxAge = Duration.ofDays(2);

  @Option(
      names = "--clock-skew",
      paramLabel = "PERIOD",
      defaultValue = "PT5M",
      description =
          "how far a report may be ahead of an aggregator's clock, up to 10 minutes; default:"
              + " ${DEFAULT-VALUE} / 报告时间至多可超前多久，不超过 10 分钟，默认 ${DEFAULT-VALUE}（5 分钟）")
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
        || precision.getNano() != 0
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

  /**
   * @throws CommandFault when it is not whole
   */
  long maxAgeSeconds() {
    return whole("--max-age", maxAge);
  }

  /**
   * @throws CommandFault when it is not whole
   */
  long clockSkewSeconds() {
    return whole("--clock-skew", clockSkew);
  }

  private static long whole(String option, Duration period) {
    if (period.getNano() != 0) {
      throw new CommandFault(
          ExitCode.USAGE, option + " 须为整秒", option + " is a number of whole seconds");
    }
    return period.toSeconds();
  }

  private Instant start(Instant now) {
    return from == null ? now : from;
  }
}
