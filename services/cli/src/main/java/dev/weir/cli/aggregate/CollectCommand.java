package dev.weir.cli.aggregate;

import dev.weir.aggregation.collector.CollectedBatch;
import dev.weir.aggregation.collector.CollectionJournal;
import dev.weir.aggregation.collector.Collector;
import dev.weir.aggregation.collector.Collector.Outcome;
import dev.weir.aggregation.task.PublicTask;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.command.ClientOptions;
import dev.weir.dap.collection.Query;
import dev.weir.dap.task.BatchMode;
import dev.weir.dap.task.TaskConfiguration;
import dev.weir.dap.task.TimeInterval;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir aggregate collect}: one batch, by hand. */
@Command(
    name = "collect",
    description =
        "Collect an interval, or the next batch, and put the two shares together; the budget is"
            + " charged once, and the same command shows the same sum again, but for --next, which"
            + " then means another batch (see --list). A federated task's sum is also decoded, with"
            + " its noise in the same units. A sum without robustness carries a notice. How many"
            + " reports were refused, and why, is in the leaves that both aggregators write about"
            + " the batch, and not told to a collector"
            + " / 收集一个时段或下一批次并合并两份份额；预算只扣一次，重复执行得到同一结果（--next 则指另一批次，见 --list）。"
            + "联邦任务的总和另附解码值及同一单位的噪声。无稳健性的总和附有提示。"
            + "被拒报告的数目与理由记于两个聚合方就该批次写入的存证，不告知收集方",
    exitCodeListHeading = Statuses.HEADING,
    exitCodeList = {
      Statuses.DONE,
      "1:the sum is shown, and alerts say why not to use it / 已得到总和，但有警示，不应采用",
      Statuses.USAGE,
      Statuses.DENIED,
      Statuses.NOT_FOUND,
      "5:the contract's budget is spent / 合约预算不足",
      "6:too few reports yet, or a service is away / 报告尚少，或服务暂不可达，可稍后再试"
    },
    footerHeading = Statuses.EXAMPLE,
    footer = {
      "weir aggregate collect --as builder-analyst --task task.json \\",
      "  --key collector.key --from 2026-01-01T00:00:00Z --to 2026-01-02T00:00:00Z"
    },
    mixinStandardHelpOptions = true)
final class CollectCommand implements Callable<Integer> {
  @Mixin private ClientOptions options = new ClientOptions();
  @Mixin private TaskOption taskOption = new TaskOption();

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "the collector's, as key made it; not with --list and --show"
              + " / key 生成的收集方密钥；--list 与 --show 不需要")
  private @Nullable Path keyFile;

  @Option(
      names = "--directory",
      defaultValue = "${sys:user.home}/.local/state/weir/collections",
      paramLabel = "DIR",
      description =
          "where requests and results are kept, here alone: the leader forgets what was collected;"
              + " default: ${DEFAULT-VALUE}"
              + " / 请求与结果的保存目录；主聚合方在收集后即不再保存结果，默认 ${DEFAULT-VALUE}")
  private Path directory = Path.of(System.getProperty("user.home"));

  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      description =
          "where the interval begins, such as 2026-01-01T00:00:00Z; a multiple of the task's"
              + " --precision / 时段的起始时刻，须为任务时间单位的整数倍")
  private @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "INSTANT",
      description = "where it ends, not included / 时段的截止时刻，不含")
  private @Nullable Instant to;

  @Option(
      names = "--running",
      description =
          "also an interval that is not over: what is contributed for it afterwards does not count"
              + " / 时段未结束也收集：其后为该时段上报的内容不再计入")
  private boolean running;

  @Option(
      names = "--next",
      description =
          "the next batch of a leader-selected task, instead of --from and --to"
              + " / 由主聚合方选定的下一批次，代替 --from 与 --to")
  private boolean next;

  @Option(
      names = "--list",
      description =
          "tell the task's collections that --directory holds, and ask nobody"
              + " / 列出 --directory 中此任务的各次收集，不访问任何服务")
  private boolean list;

  @Option(
      names = "--show",
      paramLabel = "N",
      description =
          "show the result of one of them again, by its number in --list, and ask nobody: after"
              + " --next, or when the leader has forgotten, it is nowhere else"
              + " / 按 --list 的编号再次显示结果，不访问任何服务：以 --next 收集的，或主聚合方已不再保存的，只存于此")
  private @Nullable Integer show;

  @Override
  public Integer call() throws IOException {
    requireOneOfItsWays();
    PublicTask task = TaskFile.read(taskOption.file());
    if (list) {
      return options.show(new KeptCollections(task, directory).list());
    }
    if (show != null) {
      return shown(new KeptCollections(task, directory).show(show));
    }
    return collected(task, requireKey());
  }

  private void requireOneOfItsWays() {
    long ways =
        Stream.of(list, show != null, next, from != null || to != null).filter(way -> way).count();
    if (ways > 1) {
      throw new CommandFault(
          ExitCode.USAGE,
          "--list、--show、--next 与 --from/--to 只能用其一",
          "--list, --show, --next and --from with --to exclude each other");
    }
  }

  private Path requireKey() {
    if (keyFile == null) {
      throw new CommandFault(ExitCode.USAGE, "缺少 --key", "--key is missing");
    }
    return keyFile;
  }

  private int collected(PublicTask task, Path keyFile) throws IOException {
    RobustnessNotice.tell(options, task.terms().notice());
    var query = query(task.task().configuration(), task.terms().clockSkewSeconds());
    var client = options.client();
    try (var key = CollectorKey.read(keyFile)) {
      CollectorKey.require(key, task);
      var collector =
          new Collector(
              new CollectionJournal(directory),
              client.aggregator("leader"),
              key,
              new ContractGate(client, Clock.systemUTC()));
      return switch (new CollectorRun(collector).toItsEnd(task, collector.open(task, query))) {
        case Outcome.Collected(CollectedBatch batch) -> shown(batch);
        case Outcome.Refused(String rule) -> throw Refusals.fault(rule);
        case Outcome.Waiting waiting -> ExitCode.RETRYABLE.status();
      };
    }
  }

  /** An implausible sum is shown with its alerts, and is no success. */
  private int shown(CollectedBatch batch) {
    options.show(Json.mapper().valueToTree(batch));
    batch.alerts().forEach(one -> System.err.println(AlertText.of(one).in(options.language())));
    return (batch.alerts().isEmpty() ? ExitCode.OK : ExitCode.FAILED).status();
  }

  private Query query(TaskConfiguration task, long clockSkewSeconds) {
    boolean byInterval = task.batchMode() == BatchMode.TIME_INTERVAL;
    if (byInterval && !next && from != null && to != null) {
      var interval = interval(task.timePrecisionSeconds(), from, to);
      if (task.interval().filter(own -> !own.overlaps(interval)).isPresent()) {
        throw new CommandFault(
            ExitCode.USAGE,
            "该时段在任务期限之外，其间不收报告",
            "the interval lies outside the task's own, in which reports are taken");
      }
      requireOver(to.plusSeconds(clockSkewSeconds));
      return new Query.OfInterval(interval);
    }
    if (!byInterval && next && from == null && to == null) {
      return new Query.NextBatch();
    }
    throw byInterval
        ? new CommandFault(
            ExitCode.USAGE,
            "该任务以时段为批次：用 --from 与 --to",
            "the task's batches are intervals: give --from and --to")
        : new CommandFault(
            ExitCode.USAGE,
            "该任务的批次由主聚合方选定：用 --next",
            "the task's batches are put together by its leader: give --next");
  }

  /** A contributor's clock may be behind: its reports come a little later. */
  private void requireOver(Instant over) {
    if (!running && Instant.now().isBefore(over)) {
      throw new CommandFault(
          ExitCode.USAGE,
          "该时段尚未结束（连同时钟容差至 " + over + "）：此时收集，其后上报的内容将不再计入；确要如此请加 --running",
          "the interval is not over (with the clock skew, at "
              + over
              + "): what is contributed for it after it is collected does not count; add --running to"
              + " do it all the same");
    }
  }

  private static TimeInterval interval(long precision, Instant from, Instant to) {
    long first = from.getEpochSecond() / precision;
    long last = to.getEpochSecond() / precision;
    if (from.getEpochSecond() % precision != 0
        || to.getEpochSecond() % precision != 0
        || last <= first) {
      throw new CommandFault(
          ExitCode.USAGE,
          "起止时刻须为 " + precision + " 秒的整数倍，且先后有序",
          "--from and --to are multiples of " + precision + " seconds, one after the other");
    }
    return new TimeInterval(first, last - first);
  }
}
