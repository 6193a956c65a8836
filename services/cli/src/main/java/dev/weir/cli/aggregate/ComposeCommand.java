package dev.weir.cli.aggregate;

import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.Contributor;
import dev.weir.aggregation.task.TaskDocument;
import dev.weir.aggregation.task.TaskTerms;
import dev.weir.aggregation.task.VerifyKeys;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.command.ClientOptions;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.profile.TaskInfo;
import dev.weir.dap.task.TaskConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.kernel.Bilingual;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.ProductId;
import dev.weir.runtime.embedded.OwnerOnly;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir aggregate task compose}: the file that both operators set a task up with. */
@Command(
    name = "compose",
    description = {
      "Write the file of a new task, with a verify key of its own; nothing is sent / 生成新任务文件及其验证密钥，不提交任何内容",
      "The file is secret: hand it to the other operator on a way of your own, then each runs task"
          + " set-up. / 文件须保密：以自己的途径交给另一运营方，再各自执行 task set-up。"
    },
    mixinStandardHelpOptions = true)
final class ComposeCommand implements Callable<Integer> {
  @Mixin private ClientOptions options = new ClientOptions();
  @Mixin private FunctionOptions function = new FunctionOptions();
  @Mixin private PartyOptions parties = new PartyOptions();
  @Mixin private BatchOptions batch = new BatchOptions();

  @Option(names = "--title", required = true, description = "what it is called / 名称")
  private String title = "";

  @Option(names = "--contract", required = true, description = "whose budget pays / 合约")
  private String contract = "";

  @Option(
      names = "--product",
      required = true,
      description = "of the contract, for the contributions / 合约中代表上报数据的产品")
  private String product = "";

  @Option(names = "--purpose", defaultValue = "statistics", description = "of the contract / 用途")
  private String purpose = "statistics";

  @Option(
      names = "--nano-rho",
      defaultValue = "50000000",
      description = "noise of each aggregator in a collection, zCDP ρ in 10⁻⁹ / 每次收集各方噪声的 ρ")
  private long nanoRho = 50_000_000;

  @Option(
      names = "--lanes",
      defaultValue = "4",
      description = "partitions of both aggregators' topics / 双方主题的分区数")
  private int lanes = 4;

  @Parameters(paramLabel = "FILE", description = "where to keep it; secret / 保存位置")
  private Path file = Path.of("-");

  @Override
  public Integer call() throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    var document = document(new SecureRandom(), InstantSource.system());
    var task = document.task();
    OwnerOnly.write(file, Json.mapper().valueToTree(document).toPrettyString());
    RobustnessNotice.tell(options, document.terms().notice());
    return options.show(
        Json.mapper()
            .createObjectNode()
            .put("task", task.id().toString())
            .put("configurationSha256", task.configuration().encoded().sha256().hex())
            .put("contributors", task.terms().contributors().size())
            .put("parties", parties(task.terms().contributors()))
            .put("mostReportBytes", task.mostReportBytes())
            .put("noiseStandardDeviation", deviation(task))
            .put("file", file.toString()));
  }

  /**
   * The task as its options say, not yet judged as a whole.
   *
   * @param random of the verify key's seed
   */
  TaskDocument document(SecureRandom random, InstantSource clock) throws IOException {
    var seed = new byte[VerifyKeys.SEED_LENGTH];
    random.nextBytes(seed);
    var terms = terms(Bytes.copyOf(seed));
    return new TaskDocument(
        Base64Url.encode(configuration(terms, clock).encoded()),
        terms,
        Base64Url.encode(Bytes.owning(seed)));
  }

  private TaskTerms terms(Bytes seed) throws IOException {
    var contributors = parties.contributors();
    return new TaskTerms(
        Bilingual.same(title),
        purpose,
        ContractId.of(contract),
        ProductId.of(product),
        parties.leader(),
        parties.helper(),
        parties.collector(),
        parties.collectorKey(),
        VerifyKeys.commitment(seed),
        contributors,
        batch.minContributors(parties(contributors)),
        batch.cap(),
        batch.maxAgeSeconds(),
        batch.clockSkewSeconds(),
        nanoRho,
        function.vectors(),
        function.robustness());
  }

  private static int parties(List<Contributor> contributors) {
    return Math.toIntExact(contributors.stream().map(Contributor::party).distinct().count());
  }

  private TaskConfiguration configuration(TaskTerms terms, InstantSource clock) {
    return new TaskConfiguration(
        new TaskInfo(lanes, terms.sha256()).encoded(),
        address("leader", parties.leaderUrl()),
        address("helper", parties.helperUrl()),
        batch.precisionSeconds(),
        batch.minReports(),
        batch.mode(),
        Bytes.EMPTY,
        function.vdaf(),
        List.of(TaskConfiguration.interval(batch.interval(clock.instant()))));
  }

  /** Exactly as the aggregator names itself: it compares. */
  private String address(String aggregator, Optional<URI> said) {
    String url =
        said.or(() -> options.client().address(aggregator).map(base -> URI.create(base + "/dap/")))
            .map(URI::toString)
            .orElse("");
    if (!url.matches("https?://[!-~]+/")) {
      throw new CommandFault(
          ExitCode.USAGE,
          "--" + aggregator + "-url 须为 http 或 https 地址并以 / 结尾",
          "--" + aggregator + "-url is an http or https address that ends in /");
    }
    return url;
  }

  /** Of what the collector sees on each element: to look at, no part of the task. */
  private static double deviation(AggregationTask task) {
    var variance = task.noise().varianceOfBoth();
    double exact = variance.numerator().doubleValue() / variance.denominator().doubleValue();
    return Math.round(Math.sqrt(exact) * 100) / 100.0;
  }
}
