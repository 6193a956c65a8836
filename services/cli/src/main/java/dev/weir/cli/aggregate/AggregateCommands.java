package dev.weir.cli.aggregate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.aggregation.hpke.HpkeKeyRing;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.command.ClientOptions;
import dev.weir.cli.command.KeyOptions;
import dev.weir.dap.client.HttpAggregator;
import dev.weir.dap.client.ReportMaker;
import dev.weir.dap.client.ReportQueue;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.Query;
import dev.weir.dap.collector.ShareOpening;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.report.Report;
import dev.weir.dap.task.Task;
import dev.weir.dap.task.TimeInterval;
import dev.weir.kernel.Bilingual.Language;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
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
  private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

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
      description = "Contribute the measurements of a file, one a line / 逐行上报测量值",
      mixinStandardHelpOptions = true)
  int upload(
      @Mixin ClientOptions options,
      @Mixin KeyOptions key,
      @Option(names = "--task", required = true, description = "as shown by task show / 任务文件")
          Path taskFile,
      @Option(names = "--leader", required = true, description = "base URL / 主聚合方地址") URI leader,
      @Option(names = "--helper", required = true, description = "base URL / 辅聚合方地址") URI helper,
      @Option(
              names = "--queue",
              defaultValue = ".weir-reports",
              description = "where reports wait until they are sent / 待发队列目录")
          Path directory,
      @Parameters(paramLabel = "CSV", description = "integers / 整数") Path file)
      throws IOException {
    Task task = TaskFile.read(taskFile);
    var to = HttpAggregator.open(leader);
    var queue = new ReportQueue(directory.resolve(task.id().toString()));
    var maker =
        new ReportMaker(
            task,
            to.key(),
            HttpAggregator.open(helper).key(),
            new PartySigner(key.read()),
            Clock.systemUTC(),
            new SecureRandom());
    make(queue, maker, new Measurements(task.configuration().vdaf()), Files.readAllLines(file));
    return send(options, task, to, queue);
  }

  /** All lines are read before the first report is kept: a bad line contributes nothing. */
  private static void make(
      ReportQueue queue, ReportMaker maker, Measurements measurements, List<String> lines) {
    var reports = new ArrayList<Report>();
    int number = 0;
    for (String line : lines) {
      number++;
      if (!line.isBlank()) {
        reports.add(maker.make(measurements.of(line, number)));
      }
    }
    reports.forEach(queue::add);
  }

  private static int send(
      ClientOptions options, Task task, HttpAggregator leader, ReportQueue queue)
      throws IOException {
    try (var bar = bar(options.language())) {
      var flushed = queue.flush(reports -> leader.upload(task.id(), reports), bar);
      options.show(
          Json.mapper()
              .createObjectNode()
              .put("sent", flushed.sent())
              .put("refused", flushed.refused().size())
              .put("waiting", flushed.waiting()));
      return (flushed.waiting() == 0 ? ExitCode.OK : ExitCode.FAILED).status();
    }
  }

  @Command(
      name = "collect",
      description = "Collect an interval and put the shares together / 收集一个时段并合并份额",
      mixinStandardHelpOptions = true)
  int collect(
      @Mixin ClientOptions options,
      @Option(names = "--task", required = true, description = "as shown by task show / 任务文件")
          Path taskFile,
      @Option(names = "--key", required = true, description = "the collector's / 收集方密钥")
          Path keyFile,
      @Option(names = "--from", description = "instant / 起始时刻") @Nullable Instant from,
      @Option(names = "--to", description = "instant, not included / 截止时刻") @Nullable Instant to,
      @Option(
              names = "--next",
              description = "the next batch of a leader-selected task / 由主聚合方选定的下一批次")
          boolean next)
      throws IOException {
    Task task = TaskFile.read(taskFile);
    var request = CollectionJobReq.of(query(task, from, to, next));
    var leader = options.client().aggregator("leader");
    var collection = leader.collect(task.id(), request);
    while (collection.answer().isEmpty()) {
      LockSupport.parkNanos(ASK_AGAIN.toNanos());
      collection = leader.ask(collection);
    }
    var answer = collection.answer().get();
    try (var key = CollectorKey.read(keyFile)) {
      ObjectNode shown = Json.mapper().createObjectNode().put("reports", answer.reports());
      var values = shown.putArray("noisyAggregate");
      new ShareOpening(task, key).open(request, answer).forEach(values::add);
      if (next) {
        leader.forget(collection); // the next one is for the next batch
      }
      return options.show(shown);
    }
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

  /** A progress bar on a terminal, nothing elsewhere. */
  private static Bar bar(Language language) {
    boolean terminal = System.console() != null && System.console().isTerminal();
    return new Bar(
        new ProgressBarBuilder()
            .setTaskName(language == Language.ZH ? "上报" : "reports")
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(
                new DelegatingProgressBarConsumer(terminal ? System.err::print : text -> {}))
            .build());
  }

  private record Bar(ProgressBar bar) implements Consumer<Integer>, AutoCloseable {
    @Override
    public void accept(Integer count) {
      bar.stepBy(count);
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
