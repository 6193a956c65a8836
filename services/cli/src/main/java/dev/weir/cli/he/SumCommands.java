package dev.weir.cli.he;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.client.PartyKey;
import dev.weir.cli.client.UrlPath;
import dev.weir.cli.command.ClientOptions;
import dev.weir.cli.command.KeyOptions;
import dev.weir.cli.stack.Custodian;
import dev.weir.cli.stack.StackState;
import dev.weir.kernel.CreditCode;
import dev.weir.query.sum.Adder;
import dev.weir.query.sum.ColumnProducer;
import dev.weir.query.sum.CustodianKey;
import dev.weir.query.sum.InputMessage;
import dev.weir.query.sum.SumBatch;
import dev.weir.query.sum.SumParty;
import dev.weir.query.sum.SumSigner;
import dev.weir.query.sum.WindowClose;
import dev.weir.query.sum.custody.CustodianApplication;
import dev.weir.query.sum.custody.SumTasks;
import dev.weir.query.sum.stream.KafkaAdder;
import dev.weir.query.sum.stream.KafkaInputs;
import dev.weir.runtime.embedded.OwnerOnly;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir he sum}: sums of values that departments encrypt, one verb for each party. */
@Command(
    name = "sum",
    description = "Sums of values that departments encrypt / 各部门加密数值之和",
    subcommands = SumTaskCommand.class,
    mixinStandardHelpOptions = true)
public final class SumCommands {
  private static final String PRODUCER = "producer";

  @Command(
      name = "keygen",
      description =
          "Custodian: make the key; departments get FILE.pub, tasks name its SHA-256"
              + " / 保管方：生成密钥，把 FILE.pub 交给各部门",
      mixinStandardHelpOptions = true)
  int keygen(
      @Parameters(
              paramLabel = "FILE",
              arity = "0..1",
              description = "new; default: where the stack expects it / 新文件")
          @Nullable Path file)
      throws IOException {
    Path at = file == null ? Custodian.key(StackState.lasting()) : file;
    if (file == null) {
      OwnerOnly.directory(Custodian.tasks(StackState.lasting()));
    }
    String digest = CustodianKey.generate(at, new SecureRandom());
    return show(
        Json.mapper()
            .createObjectNode()
            .put("file", at.toString())
            .put("publicKey", CustodianKey.publicFile(at).toString())
            .put("publicKeySha256", digest));
  }

  @Command(
      name = "task",
      description =
          "Everybody: check a task file and show its id, the same for all parties"
              + " / 各方：核对任务文件并显示其标识",
      mixinStandardHelpOptions = true)
  int task(@Parameters(paramLabel = "FILE", description = "JSON / 任务文件") Path file)
      throws IOException {
    return show(SumTaskCommand.shown(SumTaskCommand.read(file)));
  }

  @Command(
      name = "produce",
      description = {
        "Department: encrypt a column and send it; bounds are checked here and nowhere else."
            + " / 部门：加密一列数值并发送；取值范围只在本机检查。",
        "Sending again with the same --first needs the same file of inputs: see --save."
            + " / 重发须使用 --save 存下的同一份密文。"
      },
      mixinStandardHelpOptions = true)
  int produce(
      @Mixin KeyOptions signing,
      @Mixin BrokerOptions broker,
      @Option(names = "--task", required = true, description = "task file / 任务文件") Path taskFile,
      @Option(names = "--party", required = true, description = "credit code / 统一社会信用代码")
          String party,
      @Option(
              names = "--public-key",
              required = true,
              description = "the custodian's FILE.pub / 保管方公钥")
          Path publicKey,
      @Option(names = "--window", required = true, description = "such as 2026-11 / 时间窗")
          String window,
      @Option(names = "--group", required = true, description = "such as 330100 / 分组") String group,
      @Option(names = "--column", required = true, description = "by its name / 列名") String column,
      @Option(
              names = "--first",
              defaultValue = "0",
              description = "sequence number of the first ciphertext / 首个密文的序号")
          long first,
      @Option(
              names = "--save",
              paramLabel = "NEW",
              description = "keep what is sent, for sending it again / 存下密文以便重发")
          @Nullable Path save,
      @Parameters(
              paramLabel = "FILE",
              description =
                  "CSV with a first line of names, or NAME.parquet / 数据文件：带表头的 CSV 或 .parquet")
          Path file)
      throws IOException {
    var task = SumTaskCommand.read(taskFile);
    var batch = new SumBatch(task.id(), name("--window", window), name("--group", group));
    var self = CreditCode.of(party);
    var signer = signer(held(task.producer(self), signing.read()));
    var inputs = new ArrayList<InputMessage.Input>();
    try (var producer =
        new ColumnProducer(
            task,
            self,
            signer,
            ByteBuffer.wrap(Files.readAllBytes(publicKey)),
            new SecureRandom())) {
      for (long[] values : Column.read(file, column, producer.slots(), task.least(), task.most())) {
        inputs.add(producer.encrypt(batch, first + inputs.size(), values));
      }
    }
    if (save != null) {
      SavedInputs.write(save, inputs);
    }
    return send(broker, inputs);
  }

  @Command(
      name = "resend",
      description = "Department: send saved inputs again; counted once / 部门：重发已存密文，只计一次",
      mixinStandardHelpOptions = true)
  int resend(
      @Mixin BrokerOptions broker,
      @Parameters(paramLabel = "FILE", description = "of --save / 已存的密文") Path file)
      throws IOException {
    return send(broker, SavedInputs.read(file));
  }

  @Command(
      name = "close",
      description = "Closer: say that a window takes no more inputs / 收口方：宣布时间窗截止",
      mixinStandardHelpOptions = true)
  int close(
      @Mixin KeyOptions signing,
      @Mixin BrokerOptions broker,
      @Option(names = "--task", required = true, description = "task file / 任务文件") Path taskFile,
      @Option(names = "--window", required = true, description = "such as 2026-11 / 时间窗")
          String window)
      throws IOException {
    var task = SumTaskCommand.read(taskFile);
    var closer = held(Optional.of(task.closer()), signing.read());
    var close = WindowClose.signed(task, name("--window", window), signer(closer));
    return send(broker, List.of(new InputMessage.Close(close)));
  }

  @Command(
      name = "add",
      description =
          "Adder: add signed inputs until stopped; needs no key to the data"
              + " / 求和方：累加已签名的密文，直到停止；不持有解密密钥",
      mixinStandardHelpOptions = true)
  int add(
      @Mixin KeyOptions signing,
      @Mixin BrokerOptions broker,
      @Option(names = "--login", required = true, description = "adder-one or adder-two / 登录名")
          String login,
      @Option(names = "--party", required = true, description = "credit code / 统一社会信用代码")
          String party,
      @Option(names = "--tasks", required = true, description = "directory of task files / 任务目录")
          Path tasks)
      throws IOException {
    var known = SumTasks.read(tasks).all();
    var self = CreditCode.of(party);
    var key = signing.read();
    known.forEach(task -> held(task.adder(self), key));
    var signer = signer(key);
    var adder = new KafkaAdder(broker.as(login), login, () -> new Adder(self, signer, known));
    Runtime.getRuntime().addShutdownHook(new Thread(adder::stop, "stop " + login));
    adder.run();
    return ExitCode.OK.status();
  }

  @Command(
      name = "custody",
      description = "Custodian: run the service until stopped / 保管方：运行服务，直到停止",
      mixinStandardHelpOptions = true)
  int custody(
      @Parameters(
              paramLabel = "YAML",
              arity = "0..1",
              description = "configuration; default: the stack's / 配置文件")
          @Nullable Path file)
      throws Exception {
    Path at = file == null ? Custodian.configuration(StackState.lasting()) : file;
    try (var running = new CustodianApplication().start(at)) {
      show(Json.mapper().createObjectNode().put("address", running.api().toString()));
      Thread.currentThread().join();
    }
    return ExitCode.OK.status();
  }

  @Command(
      name = "read",
      description = "Consumer: a sum, once it is released / 使用方：读取已放行的和",
      mixinStandardHelpOptions = true)
  int read(
      @Mixin ClientOptions options,
      @Option(names = "--window", required = true, description = "such as 2026-11 / 时间窗")
          String window,
      @Option(names = "--group", required = true, description = "such as 330100 / 分组") String group,
      @Parameters(paramLabel = "TASK", description = "id of the task / 任务标识") String task) {
    String path = "/v1/sums/" + UrlPath.segment(task) + "/" + UrlPath.segment(window);
    return options.show(options.client().get("custodian", path + "/" + UrlPath.segment(group)));
  }

  private static int send(BrokerOptions broker, List<? extends InputMessage> messages) {
    try (var inputs = new KafkaInputs(broker.as(PRODUCER))) {
      messages.forEach(inputs::send);
    }
    return show(Json.mapper().createObjectNode().put("sent", messages.size()));
  }

  /**
   * @throws CommandFault when it is not what a window or a group may be called
   */
  private static String name(String option, String text) {
    if (!SumBatch.isName(text)) {
      throw new CommandFault(
          ExitCode.USAGE,
          option + " 须为 1 至 64 个字母、数字或 . _ : -",
          option + " has 1 to 64 letters, digits or . _ : -");
    }
    return text;
  }

  /**
   * @throws CommandFault when the key is not the one that the task names for a party
   */
  private static PartyKey held(Optional<SumParty> named, PartyKey key) {
    boolean same =
        named
            .filter(one -> one.suite().equals(key.suite()))
            .filter(one -> one.publicKey().equals(key.publicKey()))
            .isPresent();
    if (!same) {
      throw new CommandFault(
          ExitCode.USAGE,
          "密钥不是任务为该主体约定的密钥；未发送任何内容",
          "the key is not the one that the task names for this party; nothing was sent");
    }
    return key;
  }

  private static SumSigner signer(PartyKey key) {
    return key::sign;
  }

  private static int show(ObjectNode shown) {
    System.out.println(shown.toPrettyString());
    return ExitCode.OK.status();
  }
}
