package dev.weir.cli.he;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.command.ClientOptions;
import dev.weir.he.HeParameters;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProductId;
import dev.weir.query.sum.SumParty;
import dev.weir.query.sum.SumTask;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir he sum compose}: the file that all parties of a sum agree on. */
@Command(
    name = "compose",
    description = {
      "Write the file of a new sum; nothing is sent, and nothing in it is secret"
          + " / 生成求和任务文件；不提交任何内容，其中也无秘密",
      "Give it to every party; each checks it with `he sum task`: the id must be the same for all."
          + " / 交给各方，各自用 `he sum task` 核对标识一致。"
    },
    mixinStandardHelpOptions = true)
final class SumTaskCommand implements Callable<Integer> {
  private static final Pattern RANGE = Pattern.compile("(-?\\d{1,18})\\.\\.(-?\\d{1,18})");

  @Mixin private ClientOptions options = new ClientOptions();

  @Option(names = "--contract", required = true, description = "whose budget pays / 合约")
  private String contract = "";

  @Option(names = "--product", required = true, description = "a dp product of it / 合约中的 dp 产品")
  private String product = "";

  @Option(names = "--consumer", required = true, description = "who gets the sums / 使用方信用代码")
  private String consumer = "";

  @Option(names = "--purpose", defaultValue = "statistics", description = "of the contract / 用途")
  private String purpose = "statistics";

  @Option(names = "--column", required = true, description = "what is summed / 求和的列")
  private String column = "";

  @Option(
      names = "--bounds",
      paramLabel = "LOW..HIGH",
      required = true,
      description = "of one value, whole numbers / 单个数值的上下界，整数")
  private String bounds = "";

  @Option(
      names = "--public-key-sha256",
      paramLabel = "SHA256",
      required = true,
      description = "as `weir he sum keygen` printed it / 保管方公钥摘要")
  private String publicKeySha256 = "";

  @Option(
      names = "--producer",
      paramLabel = "CODE=FILE",
      required = true,
      description =
          "a department, repeatable; FILE is what `weir key show -o json` printed / 部门及其公钥文件，可多个")
  private Map<String, Path> producers = new LinkedHashMap<>();

  @Option(
      names = "--adder",
      paramLabel = "CODE=FILE",
      required = true,
      description = "twice, of two other operators / 两个求和方，须为不同主体")
  private Map<String, Path> adders = new LinkedHashMap<>();

  @Option(
      names = "--closer",
      paramLabel = "CODE=FILE",
      required = true,
      description = "who says that a window is over / 收口方")
  private Map<String, Path> closer = new LinkedHashMap<>();

  @Option(
      names = "--min-producers",
      defaultValue = "2",
      description = "fewer are never decrypted / 最少部门数")
  private int minProducers = 2;

  @Option(
      names = "--max-inputs",
      defaultValue = "64",
      description = "ciphertexts in one sum / 单个和的密文上限")
  private int maxInputs = 64;

  @Option(
      names = "--nano-rho",
      defaultValue = "5000000",
      description = "what each sum costs, per record, ρ in 10⁻⁹ / 每个和的隐私预算")
  private long nanoRho = 5_000_000;

  @Parameters(paramLabel = "FILE", description = "where to keep it / 保存位置")
  private Path file = Path.of("-");

  @Override
  public Integer call() throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    var range = RANGE.matcher(bounds);
    if (!range.matches() || closer.size() != 1) {
      throw new CommandFault(
          ExitCode.USAGE,
          "--bounds 应写作 0..500，且只有一个 --closer",
          "--bounds is written as 0..500, and there is one --closer");
    }
    var producing = parties(producers);
    var adding = parties(adders);
    var closing = parties(closer).getFirst();
    SumTask task;
    try {
      task =
          new SumTask(
              1,
              ContractId.of(contract),
              ProductId.of(product),
              CreditCode.of(consumer),
              purpose,
              column,
              Long.parseLong(range.group(1)),
              Long.parseLong(range.group(2)),
              HeParameters.RECORDS_8192.label(),
              publicKeySha256,
              producing,
              adding,
              closing,
              minProducers,
              maxInputs,
              nanoRho);
    } catch (IllegalArgumentException e) {
      throw unusable(e.getMessage());
    }
    Files.writeString(file, Json.mapper().valueToTree(task).toPrettyString() + "\n");
    return options.show(shown(task).put("file", file.toString()));
  }

  /**
   * A task of a file.
   *
   * @throws CommandFault that says why it is none
   */
  static SumTask read(Path file) throws IOException {
    try {
      return Json.read(Files.readAllBytes(file), SumTask.class);
    } catch (JacksonException e) {
      throw unusable(reason(e));
    }
  }

  static com.fasterxml.jackson.databind.node.ObjectNode shown(SumTask task) {
    return Json.mapper()
        .createObjectNode()
        .put("task", task.id())
        .put("minProducers", task.minProducers())
        .put("producers", task.producers().size())
        .put("rangesProven", false);
  }

  /** The task's own rule, or the place in the file; never a value of it. */
  private static String reason(JacksonException e) {
    return e.getCause() instanceof IllegalArgumentException rule
        ? String.valueOf(rule.getMessage())
        : "line " + (e.getLocation() == null ? 1 : e.getLocation().getLineNr());
  }

  private static CommandFault unusable(@Nullable String why) {
    return new CommandFault(
        ExitCode.USAGE, "不是可用的求和任务：" + why, "this is no sum that can be used: " + why);
  }

  private static List<SumParty> parties(Map<String, Path> named) throws IOException {
    var parties = new ArrayList<SumParty>();
    for (var one : named.entrySet()) {
      parties.add(party(one.getKey(), one.getValue()));
    }
    return parties;
  }

  private static SumParty party(String code, Path file) throws IOException {
    if (!CreditCode.isValid(code)) {
      throw new CommandFault(
          ExitCode.USAGE, code + " 不是统一社会信用代码", code + " is not a credit code after GB 32100");
    }
    try {
      JsonNode shown = Json.mapper().readTree(Files.readAllBytes(file));
      return new SumParty(
          CreditCode.of(code), shown.path("suite").asText(), shown.path("publicKey").asText());
    } catch (JacksonException | IllegalArgumentException e) {
      throw new CommandFault(
          ExitCode.USAGE,
          file + " 不是公钥：应为 `weir key show -o json` 的输出",
          file + " holds no public key as `weir key show -o json` prints it");
    }
  }
}
