package dev.weir.cli.aggregate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.aggregation.collector.CollectedBatch;
import dev.weir.aggregation.collector.CollectionJournal;
import dev.weir.aggregation.collector.Collector;
import dev.weir.aggregation.collector.Collector.Outcome;
import dev.weir.aggregation.hpke.HpkeKeyRing;
import dev.weir.aggregation.task.PublicTask;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.command.ClientOptions;
import dev.weir.cli.command.KeyOptions;
import dev.weir.dap.collection.Query;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.task.Task;
import dev.weir.dap.task.TimeInterval;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir aggregate}: secure aggregation. */
@Command(
    name = "aggregate",
    description = "Secure aggregation by two operators / 由两个运营方完成的安全聚合",
    mixinStandardHelpOptions = true,
    subcommands = {TaskCommands.class, ExampleCommands.class})
public final class AggregateCommands {
  @Command(
      name = "key",
      description = "Make the collector's key; its public half goes into tasks / 生成收集方密钥",
      mixinStandardHelpOptions = true)
  int key(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "FILE", description = "where to keep it / 保存位置") Path file)
      throws IOException {
    try (var key = CollectorKey.generate(file)) {
      ObjectNode shown =
          Json.mapper()
              .createObjectNode()
              .put("collectorKey", Base64Url.encode(HpkeKeyRing.config(1, key).encoded()));
      return options.show(shown);
    }
  }

  @Command(
      name = "upload",
      description =
          "Contribute the measurements of a file, one a row; run it again to go on (status 8: all of"
              + " them were sent before). In a task of long vectors without robustness one contributor can spoil the sum: it says so"
              + " / 逐行上报测量值；中断后重新执行即可继续（状态码 8：此前已全部上报）。无稳健性的长向量任务中，任一上报者都可能毁掉总和，命令会予以提示",
      mixinStandardHelpOptions = true)
  int upload(
      @Mixin ClientOptions options,
      @Mixin KeyOptions key,
      @Option(names = "--task", required = true, description = "as shown by task show / 任务文件")
          Path taskFile,
      @Option(
              names = "--leader-via",
              description =
                  "where the leader is reached from here, if not at the task's address"
                      + " / 从本机访问主聚合方的地址，缺省为任务中的地址")
          @Nullable URI leader,
      @Option(
              names = "--helper-via",
              description =
                  "where the helper is reached from here, if not at the task's address"
                      + " / 从本机访问辅聚合方的地址，缺省为任务中的地址")
          @Nullable URI helper,
      @Option(
              names = "--queue",
              defaultValue = ".weir-reports",
              description = "where reports wait until they are sent / 待发队列目录")
          Path directory,
      @Option(names = "--header", description = "the first row is a heading / 首行为表头")
          boolean header,
      @Option(
              names = "--again",
              description = "contribute a file anew that was contributed before / 再次上报同一文件")
          boolean again,
      @Parameters(paramLabel = "CSV", description = "integers / 整数") Path file)
      throws IOException {
    Task task = TaskFile.read(taskFile);
    RobustnessNotice.tell(options, RobustnessNotice.of(task));
    var route = UploadRoute.of(task.configuration(), leader, helper);
    var signing = key.read();
    var contributor = TaskFile.contributor(taskFile, PartySigner.contributor(signing));
    var place =
        UploadPlace.of(directory.resolve(task.id().toString()), contributor.id(), file, again);
    var upload =
        new FileUpload(
            task, route.leader(), route.helper(), new PartySigner(signing, contributor.partyId()));
    return upload.run(options, place, file, header);
  }

  @Command(
      name = "collect",
      description =
          "Collect an interval and put the shares together; a sum without robustness carries a notice"
              + " / 收集一个时段并合并份额；无稳健性的总和附有提示",
      mixinStandardHelpOptions = true)
  int collect(
      @Mixin ClientOptions options,
      @Option(names = "--task", required = true, description = "as shown by task show / 任务文件")
          Path taskFile,
      @Option(names = "--key", required = true, description = "the collector's / 收集方密钥")
          Path keyFile,
      @Option(
              names = "--directory",
              defaultValue = ".weir-collections",
              description = "where requests and results are kept / 请求与结果的保存目录")
          Path directory,
      @Option(names = "--from", description = "instant / 起始时刻") @Nullable Instant from,
      @Option(names = "--to", description = "instant, not included / 截止时刻") @Nullable Instant to,
      @Option(
              names = "--next",
              description = "the next batch of a leader-selected task / 由主聚合方选定的下一批次")
          boolean next)
      throws IOException {
    PublicTask task = TaskFile.readWhole(taskFile);
    RobustnessNotice.tell(options, task.terms().notice());
    var query = query(task.task(), from, to, next);
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
        case Outcome.Collected(CollectedBatch batch) -> {
          options.show(Json.mapper().valueToTree(batch));
          // an implausible sum is shown with its alerts, and is no success
          yield (batch.alerts().isEmpty() ? ExitCode.OK : ExitCode.FAILED).status();
        }
        case Outcome.Refused(String rule) ->
            throw new CommandFault(ExitCode.DENIED, "收集被拒绝：" + rule, "refused: " + rule);
        case Outcome.Waiting waiting -> ExitCode.RETRYABLE.status();
      };
    }
  }

  @Command(
      name = "collector",
      description =
          "The collector as a process of its own: collects every batch whose time is over"
              + " / 收集方独立进程：逐一收集到期批次",
      mixinStandardHelpOptions = true)
  int collector(
      @Option(names = "--once", description = "end after one round / 仅执行一轮") boolean once,
      @Parameters(paramLabel = "CONFIGURATION", description = "role COLLECTOR / 配置文件")
          Path configuration)
      throws IOException {
    CollectorProcess.run(CollectorConfiguration.read(configuration), once, System.out);
    return ExitCode.OK.status();
  }

  private static Query query(
      Task task, @Nullable Instant from, @Nullable Instant to, boolean next) {
    if (next && from == null && to == null) {
      return new Query.NextBatch();
    }
    if (!next && from != null && to != null) {
      return new Query.OfInterval(interval(task, from, to));
    }
    throw new CommandFault(
        ExitCode.USAGE, "用 --from 与 --to，或用 --next", "give --from and --to, or --next");
  }

  private static TimeInterval interval(Task task, Instant from, Instant to) {
    long precision = task.configuration().timePrecisionSeconds();
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
