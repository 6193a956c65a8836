package dev.weir.cli.command;

import dev.weir.cli.client.UrlPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir product}: from draft to listed, by different hands. */
@Command(name = "product", description = "Data products / 数据产品", mixinStandardHelpOptions = true)
public final class ProductCommands {
  @Command(
      name = "draft",
      description = "Draft a product from JSON / 起草产品",
      mixinStandardHelpOptions = true)
  int draft(
      @Mixin ClientOptions options,
      @Option(
              names = {"-f", "--file"},
              paramLabel = "FILE",
              required = true,
              description = "JSON after schemas/openapi; - reads standard input / JSON 文件")
          Path file)
      throws IOException {
    return options.show(options.client().post("space", "/v1/products", JsonBody.read(file)));
  }

  @Command(
      name = "submit",
      description = "Submit for review / 提交审核",
      mixinStandardHelpOptions = true)
  int submit(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id) {
    return options.show(options.client().post("space", path(id) + "/submission"));
  }

  @Command(
      name = "review",
      description = "Approve, or reject with a reason / 审核",
      mixinStandardHelpOptions = true)
  int review(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id,
      @Option(names = "--reject", paramLabel = "REASON", description = "reject, saying why / 驳回并说明")
          @Nullable String reject) {
    var review = Map.of("approved", reject == null, "reason", reject == null ? "" : reject);
    return options.show(options.client().post("space", path(id) + "/review", review));
  }

  @Command(
      name = "code",
      description = "Assign the identification code / 赋码",
      mixinStandardHelpOptions = true)
  int code(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id) {
    return options.show(options.client().post("space", path(id) + "/code"));
  }

  @Command(name = "publish", description = "List the product / 上架", mixinStandardHelpOptions = true)
  int publish(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id) {
    return options.show(options.client().post("space", path(id) + "/listing"));
  }

  @Command(
      name = "delist",
      description = "Take it off the list / 下架",
      mixinStandardHelpOptions = true)
  int delist(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id,
      @Option(names = "--reason", required = true, description = "why / 原因") String reason) {
    return options.show(
        options.client().post("space", path(id) + "/delisting", Map.of("reason", reason)));
  }

  @Command(name = "search", description = "Find products / 检索产品", mixinStandardHelpOptions = true)
  int search(
      @Mixin ClientOptions options,
      @Parameters(
              paramLabel = "TEXT",
              arity = "0..1",
              defaultValue = "",
              description = "occurs in a title / 标题关键词")
          String text,
      @Option(names = "--kind", defaultValue = "", description = "EXACT or DP") String kind,
      @Option(names = "--topic", defaultValue = "", description = "subject heading / 主题")
          String topic) {
    String query =
        "/v1/products?limit=200&q="
            + UrlPath.segment(text)
            + (kind.isEmpty() ? "" : "&kind=" + UrlPath.segment(kind))
            + (topic.isEmpty() ? "" : "&topic=" + UrlPath.segment(topic));
    return options.show(
        options.client().list("space", query),
        "terms.id",
        "code",
        "terms.title",
        "terms.kind",
        "terms.tableName",
        "status",
        "level");
  }

  @Command(name = "show", description = "One product / 查看产品", mixinStandardHelpOptions = true)
  int show(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id) {
    return options.show(options.client().get("space", path(id)));
  }

  @Command(
      name = "dictionary",
      description = "Its data dictionary / 数据字典",
      mixinStandardHelpOptions = true)
  int dictionary(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id) {
    return options.show(options.client().get("space", path(id) + "/dictionary"));
  }

  @Command(
      name = "sample",
      description = "A synthetic sample, drawn from declarations alone / 合成样例",
      mixinStandardHelpOptions = true)
  int sample(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id) {
    return options.show(options.client().get("space", path(id) + "/sample"));
  }

  private static String path(String id) {
    return "/v1/products/" + UrlPath.segment(id);
  }
}
