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
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
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
    exitCodeListHeading = Statuses.HEADING,
    exitCodeList = {
      Statuses.DONE,
      "2:wrong options, a rule of tasks that is named, or the file exists / 选项有误、违反所指明的任务规则，或文件已存在"
    },
    footerHeading = Statuses.EXAMPLE,
    footer = {
      "weir aggregate task compose --as operator-officer --title stays \\",
      "  --vdaf histogram --length 12 \\",
      "  --contract ID --product ID --purpose statistics --cap 100 \\",
      "  --leader CODE --helper CODE --collector CODE --collector-key KEY \\",
      "  --contributor CODE=clinic-1.json --contributor CODE=clinic-2.json secret.json"
    },
    mixinStandardHelpOptions = true)
final class ComposeCommand implements Callable<Integer> {
  @Mixin private ClientOptions options = new ClientOptions();
  @Mixin private FunctionOptions function = new FunctionOptions();
  @Mixin private PartyOptions parties = new PartyOptions();
  @Mixin private BatchOptions batch = new BatchOptions();

  @Option(
      names = "--title",
      paramLabel = "TEXT",
      required = true,
      description = "what people call the task / 任务名称")
  private String title = "";

  @Option(
      names = "--contract",
      paramLabel = "ID",
      required = true,
      description = "the contract whose budget pays for collections / 为收集付费的合约")
  private String contract = "";

  @Option(
      names = "--product",
      paramLabel = "ID",
      required = true,
      description = "the contract's product that stands for the contributions / 合约中代表上报数据的产品")
  private String product = "";

  @Option(
      names = "--purpose",
      paramLabel = "CODE",
      required = true,
      description = "one of the contract's; a task for another is not set up / 须为合约约定的用途之一，否则不予建立")
  private String purpose = "";

  @Option(
      names = "--nano-rho",
      paramLabel = "N",
      defaultValue = "50000000",
      description =
          "privacy cost and noise of each aggregator in a collection, zCDP ρ in 10⁻⁹: more is less"
              + " noise; default: ${DEFAULT-VALUE} / 每次收集中各方的隐私耗费，zCDP ρ（10⁻⁹），越大噪声越小，默认 ${DEFAULT-VALUE}")
  private long nanoRho = 50_000_000;

  @Option(
      names = "--lanes",
      paramLabel = "N",
      defaultValue = "4",
      description =
          "partitions of both aggregators' topics, as their operators have set them; default:"
              + " ${DEFAULT-VALUE} / 双方主题的分区数，须与双方配置一致，默认 ${DEFAULT-VALUE}")
  private int lanes = 4;

  @Parameters(
      paramLabel = "FILE",
      description = "a new file, made for its owner only; secret / 新文件，仅所有者可读，须保密")
  private Path file = Path.of("-");

  @Override
  public Integer call() throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new NotDirectoryException(String.valueOf(directory));
    }
    var document = document(new SecureRandom(), InstantSource.system());
    var task = document.task();
    task.requireCollectable();
    task.requireAhead(Instant.now());
    OwnerOnly.write(file, Json.mapper().valueToTree(document).toPrettyString());
    RobustnessNotice.tell(options, document.terms().notice());
    var shown =
        Json.mapper()
            .createObjectNode()
            .put("task", task.id().toString())
            .put("configurationSha256", task.configuration().encoded().sha256().hex())
            .put("contributors", task.terms().contributors().size())
            .put("parties", parties(task.terms().contributors()))
            .put("mostReportBytes", task.mostReportBytes())
            .put("noiseStandardDeviation", hundredths(deviation(task)));
    task.encoding()
        .map(encoding -> Math.scalb(deviation(task), -encoding.fractionBits()))
        .ifPresent(decoded -> shown.put("decodedNoiseStandardDeviation", decoded));
    return options.show(shown.put("file", file.toString()));
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
    return Math.sqrt(exact);
  }

  private static double hundredths(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
