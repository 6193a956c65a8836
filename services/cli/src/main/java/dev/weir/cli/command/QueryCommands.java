package dev.weir.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.ExitCode;
import dev.weir.cli.client.UrlPath;
import dev.weir.cli.client.WeirClient;
import dev.weir.kernel.Bilingual;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir query}: questions under a contract. */
@Command(
    name = "query",
    description = "Ask questions under a contract / 在合约下查询",
    mixinStandardHelpOptions = true)
public final class QueryCommands {
  private static final long POLL_MILLIS = 150;
  private static final int POLLS_UNTIL_TOLD = 14;
  private static final String QUERIES = "/v1/queries";

  /** Where the question comes from. */
  static final class Sql {
    @Option(
        names = {"-f", "--file"},
        paramLabel = "FILE",
        description = "SQL file; - or none reads standard input / SQL 文件，省略则读标准输入")
    private Path file = Path.of("-");

    @Option(
        names = {"-e", "--sql"},
        paramLabel = "SQL",
        description = "SQL text / SQL 文本")
    private @Nullable String text;

    String text() throws IOException {
      return text == null ? new String(InputText.bytes(file), UTF_8) : text;
    }
  }

  @Command(
      name = "run",
      description = "Ask a question and wait for its answer / 查询并等待结果",
      mixinStandardHelpOptions = true)
  int run(
      @Mixin ClientOptions options,
      @Option(names = "--contract", required = true, description = "contract id / 合约")
          String contract,
      @Option(
              names = "--purpose",
              required = true,
              description = "purpose bound to the contract / 用途")
          String purpose,
      @Mixin Sql sql,
      @Option(names = "--nano-rho", description = "what the answer may cost, ρ in 10⁻⁹ / 愿付的隐私预算")
          @Nullable Long nanoRho,
      @Option(
              names = "--relative-error",
              description =
                  "how exact it must be instead, relative to the smallest group allowed / 期望的误差，相对于最小分组")
          @Nullable Double relativeError,
      @Option(
              names = "--pico-delta",
              description = "δ of private group selection, in 10⁻¹² / 私有选择分组的 δ")
          @Nullable Long picoDelta,
      @Option(
              names = "--dry-run",
              description = "decision, cost and expected error only / 仅显示裁决、成本与误差")
          boolean dryRun,
      @Option(names = "--no-wait", description = "do not wait for the answer / 不等待") boolean noWait,
      @Mixin Receipts receipts)
      throws IOException, InterruptedException {
    var request = new LinkedHashMap<String, Object>();
    request.put("contractId", contract);
    request.put("purpose", purpose);
    request.put("sql", sql.text());
    if (nanoRho != null) {
      request.put("nanoRho", nanoRho);
    }
    if (relativeError != null) {
      request.put("relativeError", relativeError);
    }
    if (picoDelta != null) {
      request.put("picoDelta", picoDelta);
    }
    request.put("dryRun", dryRun);
    WeirClient client = options.client();
    JsonNode query = client.post("query", QUERIES, request);
    Runnable waiting =
        () -> new PrintWriter(System.err, true, UTF_8).println(WAITING.in(options.language()));
    return receipts.show(options, noWait ? query : await(client, query, waiting));
  }

  @Command(
      name = "status",
      description = "One query with its answer / 查询状态与结果",
      mixinStandardHelpOptions = true)
  int status(@Mixin ClientOptions options, @Mixin Id id, @Mixin Receipts receipts) {
    return receipts.show(options, options.client().get("query", id.in(QUERIES)));
  }

  @Command(name = "cancel", description = "Stop a query / 取消查询", mixinStandardHelpOptions = true)
  int cancel(@Mixin ClientOptions options, @Mixin Id id) {
    return options.post("query", id.in(QUERIES) + "/cancel", Map.of());
  }

  @Command(
      name = "history",
      description = "Queries, newest first / 查询历史",
      mixinStandardHelpOptions = true)
  int history(@Mixin ClientOptions options) {
    return options.list(
        "query",
        QUERIES,
        "id",
        "createdAt",
        "status",
        "rule",
        "charged.nanoRho",
        "charged.fen",
        "receiptLeaf",
        "sql");
  }

  @Command(
      name = "allotment",
      description = "What is left of a contract's budget / 合约剩余预算",
      mixinStandardHelpOptions = true)
  int allotment(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "CONTRACT", description = "contract id / 合约") String contract) {
    String path = "/v1/contracts/" + UrlPath.segment(contract) + "/allotments";
    var items = new ArrayList<JsonNode>();
    options.client().get("query", path).forEach(items::add);
    return options.show(items);
  }

  /** What a question that has to wait is told. */
  public static final Bilingual WAITING =
      new Bilingual(
          "查询排队等待：记录正在复制到查询引擎，或引擎正忙",
          "the question waits: its records are being copied into the query engine, or it is busy");

  /**
   * Waits until a query has ended.
   *
   * @param waiting told once when it is not begun for a while
   */
  public static JsonNode await(WeirClient client, JsonNode query, Runnable waiting)
      throws InterruptedException {
    JsonNode now = query;
    for (int polls = 1; isOpen(now); polls++) {
      if (polls == POLLS_UNTIL_TOLD && now.path("status").asText().equals("ACCEPTED")) {
        waiting.run();
      }
      Thread.sleep(POLL_MILLIS);
      now = client.get("query", QUERIES + "/" + UrlPath.segment(query.path("id").asText()));
    }
    return now;
  }

  private static boolean isOpen(JsonNode query) {
    return List.of("ACCEPTED", "RUNNING").contains(query.path("status").asText());
  }

  static ExitCode exit(JsonNode query) {
    return switch (query.path("status").asText()) {
      case "REFUSED" ->
          query.path("refusal").path("problem").asText().endsWith("-exhausted")
              ? ExitCode.BUDGET_EXHAUSTED
              : ExitCode.DENIED;
      case "FAILED" -> ExitCode.RETRYABLE;
      case "CANCELLED" -> ExitCode.FAILED;
      default -> query.has("refusal") ? ExitCode.DENIED : ExitCode.OK;
    };
  }
}
