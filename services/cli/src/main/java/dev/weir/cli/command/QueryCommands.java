package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.ExitCode;
import dev.weir.cli.client.WeirClient;
import dev.weir.cli.output.Output;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir query}: ask, look, cancel. */
@Command(
    name = "query",
    description = "Ask questions under a contract / 在合约下查询",
    mixinStandardHelpOptions = true)
public final class QueryCommands {
  private static final long POLL_MILLIS = 150;

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
      @Option(
              names = {"-f", "--file"},
              paramLabel = "FILE",
              description = "SQL file; - reads standard input / SQL 文件")
          @Nullable Path file,
      @Option(
              names = {"-e", "--sql"},
              paramLabel = "SQL",
              description = "SQL text / SQL 文本")
          @Nullable String sql,
      @Option(names = "--nano-rho", description = "what the answer may cost, ρ in 10⁻⁹ / 愿付的隐私预算")
          @Nullable Long nanoRho,
      @Option(names = "--relative-error", description = "how exact it must be instead / 期望的相对误差")
          @Nullable Double relativeError,
      @Option(
              names = "--dry-run",
              description = "decision, cost and expected error only / 仅显示裁决、成本与误差")
          boolean dryRun,
      @Option(names = "--no-wait", description = "do not wait for the answer / 不等待") boolean noWait)
      throws IOException, InterruptedException {
    var request = new LinkedHashMap<String, Object>();
    request.put("contractId", contract);
    request.put("purpose", purpose);
    request.put("sql", text(sql, file));
    if (nanoRho != null) {
      request.put("nanoRho", nanoRho);
    }
    if (relativeError != null) {
      request.put("relativeError", relativeError);
    }
    request.put("dryRun", dryRun);
    WeirClient client = options.client();
    JsonNode query = client.post("query", "/v1/queries", request);
    return show(options, noWait ? query : await(client, query));
  }

  @Command(
      name = "status",
      description = "One query with its answer / 查询状态与结果",
      mixinStandardHelpOptions = true)
  int status(@Mixin ClientOptions options, @Parameters(paramLabel = "ID") String id) {
    return show(options, options.client().get("query", "/v1/queries/" + id));
  }

  @Command(name = "cancel", description = "Stop a query / 取消查询", mixinStandardHelpOptions = true)
  int cancel(@Mixin ClientOptions options, @Parameters(paramLabel = "ID") String id) {
    return show(
        options,
        options.client().post("query", "/v1/queries/" + id + "/cancel", new LinkedHashMap<>()));
  }

  @Command(
      name = "history",
      description = "Queries, newest first / 查询历史",
      mixinStandardHelpOptions = true)
  int history(@Mixin ClientOptions options) {
    options.output().items(options.client().list("query", "/v1/queries?limit=200"));
    return ExitCode.OK.status();
  }

  @Command(
      name = "allotment",
      description = "What is left of a contract's budget / 合约剩余预算",
      mixinStandardHelpOptions = true)
  int allotment(
      @Mixin ClientOptions options, @Parameters(paramLabel = "CONTRACT") String contract) {
    var lines = options.client().get("query", "/v1/contracts/" + contract + "/allotments");
    var items = new java.util.ArrayList<JsonNode>();
    lines.forEach(items::add);
    options.output().items(items);
    return ExitCode.OK.status();
  }

  /** Waits until a query has ended. */
  public static JsonNode await(WeirClient client, JsonNode query) throws InterruptedException {
    JsonNode now = query;
    while (List.of("ACCEPTED", "RUNNING").contains(now.path("status").asText())) {
      Thread.sleep(POLL_MILLIS);
      now = client.get("query", "/v1/queries/" + query.path("id").asText());
    }
    return now;
  }

  private static int show(ClientOptions options, JsonNode query) {
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    if (options.form() == Output.Format.JSON || options.form() == Output.Format.JSONL) {
      options.output().one(query);
    } else if (query.has("answer")) {
      options.output().items(AnswerRows.of(query.path("answer")));
      err.println(AnswerRows.footer(query, options.language()));
    } else if (!query.has("refusal")) {
      options.output().one(query);
    }
    if (query.has("refusal")) {
      Problems.reasons(query.path("refusal"), options.language(), err);
    }
    return exit(query).status();
  }

  private static ExitCode exit(JsonNode query) {
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

  private static String text(@Nullable String sql, @Nullable Path file) throws IOException {
    if (sql != null) {
      return sql;
    }
    if (file == null || file.toString().equals("-")) {
      return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    }
    return Files.readString(file);
  }
}
