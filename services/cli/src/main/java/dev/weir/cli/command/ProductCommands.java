package dev.weir.cli.command;

import dev.weir.cli.client.UrlPath;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir product}: from draft to listed, by different hands. */
@Command(name = "product", description = "Data products / 数据产品", mixinStandardHelpOptions = true)
public final class ProductCommands {
  private static final String PRODUCTS = "/v1/products";

  @Command(
      name = "draft",
      description = "Draft a product from JSON / 起草产品",
      mixinStandardHelpOptions = true)
  int draft(@Mixin ClientOptions options, @Mixin BodyFile draft) throws IOException {
    return options.post("space", PRODUCTS, draft.read());
  }

  @Command(
      name = "submit",
      description = "Submit for review / 提交审核",
      mixinStandardHelpOptions = true)
  int submit(@Mixin ClientOptions options, @Mixin Id id) {
    return options.post("space", id.in(PRODUCTS) + "/submission");
  }

  @Command(
      name = "review",
      description = "Approve, or reject with a reason / 审核",
      mixinStandardHelpOptions = true)
  int review(@Mixin ClientOptions options, @Mixin Id id, @Mixin Review review) {
    return options.post("space", id.in(PRODUCTS) + "/review", review.body());
  }

  @Command(
      name = "code",
      description = "Assign the identification code / 赋码",
      mixinStandardHelpOptions = true)
  int code(@Mixin ClientOptions options, @Mixin Id id) {
    return options.post("space", id.in(PRODUCTS) + "/code");
  }

  @Command(name = "publish", description = "List the product / 上架", mixinStandardHelpOptions = true)
  int publish(@Mixin ClientOptions options, @Mixin Id id) {
    return options.post("space", id.in(PRODUCTS) + "/listing");
  }

  @Command(
      name = "delist",
      description = "Take it off the list / 下架",
      mixinStandardHelpOptions = true)
  int delist(@Mixin ClientOptions options, @Mixin Id id, @Mixin Reason reason) {
    return options.post("space", id.in(PRODUCTS) + "/delisting", reason.body());
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
      @Option(names = "--kind", defaultValue = "", description = "EXACT or DP / 产品类型") String kind,
      @Option(names = "--topic", defaultValue = "", description = "subject heading / 主题")
          String topic) {
    String query =
        PRODUCTS
            + "?q="
            + UrlPath.segment(text)
            + (kind.isEmpty() ? "" : "&kind=" + UrlPath.segment(kind))
            + (topic.isEmpty() ? "" : "&topic=" + UrlPath.segment(topic));
    return options.list(
        "space",
        query,
        "terms.id",
        "code",
        "terms.title",
        "terms.kind",
        "terms.tableName",
        "status",
        "level");
  }

  @Command(name = "show", description = "One product / 查看产品", mixinStandardHelpOptions = true)
  int show(@Mixin ClientOptions options, @Mixin Id id) {
    return options.get("space", id.in(PRODUCTS));
  }

  @Command(
      name = "dictionary",
      description = "Its data dictionary / 数据字典",
      mixinStandardHelpOptions = true)
  int dictionary(@Mixin ClientOptions options, @Mixin Id id) {
    return options.get("space", id.in(PRODUCTS) + "/dictionary");
  }

  @Command(
      name = "sample",
      description = "A synthetic sample, drawn from declarations alone / 合成样例",
      mixinStandardHelpOptions = true)
  int sample(@Mixin ClientOptions options, @Mixin Id id) {
    return options.get("space", id.in(PRODUCTS) + "/sample");
  }

  @Command(name = "history", description = "Its history / 历史", mixinStandardHelpOptions = true)
  int history(@Mixin ClientOptions options, @Mixin Id id) {
    return options.list(
        "space", id.in(PRODUCTS) + "/history", "version", "step", "at", "party", "operation");
  }
}
