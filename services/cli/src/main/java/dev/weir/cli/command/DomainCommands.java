package dev.weir.cli.command;

import dev.weir.cli.client.SigningDesk;
import dev.weir.cli.client.UrlPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir domain}: authorised operation. */
@Command(
    name = "domain",
    description = "Operation domains / 授权运营域",
    mixinStandardHelpOptions = true)
public final class DomainCommands {
  @Command(
      name = "propose",
      description = "Propose a domain from JSON / 提出授权运营域",
      mixinStandardHelpOptions = true)
  int propose(
      @Mixin ClientOptions options,
      @Option(
              names = {"-f", "--file"},
              paramLabel = "FILE",
              required = true,
              description = "JSON after schemas/openapi; - reads standard input / JSON 文件")
          Path file)
      throws IOException {
    return options.show(options.client().post("space", "/v1/domains", JsonBody.read(file)));
  }

  @Command(
      name = "review",
      description = "Approve the use scene, or reject it with a reason / 审核应用场景",
      mixinStandardHelpOptions = true)
  int review(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id,
      @Option(names = "--reject", paramLabel = "REASON", description = "reject, saying why / 驳回并说明")
          @Nullable String reject) {
    var review = Map.of("approved", reject == null, "reason", reject == null ? "" : reject);
    return options.show(options.client().post("space", path(id) + "/scene-review", review));
  }

  @Command(
      name = "sign",
      description = "Sign the agreement with the party's own key / 用本方密钥签署运营协议",
      mixinStandardHelpOptions = true)
  int sign(
      @Mixin ClientOptions options,
      @Mixin KeyOptions key,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id)
      throws IOException {
    var desk = new SigningDesk(options.client(), key.read());
    byte[] agreement = desk.agreement(id);
    Summaries.agreement(agreement, options.language(), System.err);
    return options.show(desk.signDomain(id, agreement));
  }

  @Command(
      name = "close",
      description = "Close the domain; its contracts end / 关闭运营域",
      mixinStandardHelpOptions = true)
  int close(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id,
      @Option(names = "--reason", required = true, description = "why / 原因") String reason) {
    return options.show(
        options.client().post("space", path(id) + "/closure", Map.of("reason", reason)));
  }

  @Command(
      name = "authorise",
      description = "Put a resource into the domain / 将资源授权入域",
      mixinStandardHelpOptions = true)
  int authorise(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id,
      @Option(names = "--resource", required = true, description = "resource id / 资源编号")
          String resource) {
    return options.show(
        options.client().post("space", path(id) + "/resources", Map.of("resourceId", resource)));
  }

  @Command(name = "list", description = "Domains / 运营域列表", mixinStandardHelpOptions = true)
  int list(@Mixin ClientOptions options) {
    return options.show(
        options.client().list("space", "/v1/domains?limit=200"),
        "id",
        "status",
        "proposal.name",
        "operator",
        "proposal.implementingBody",
        "proposal.term.to");
  }

  @Command(name = "show", description = "One domain / 查看运营域", mixinStandardHelpOptions = true)
  int show(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id) {
    return options.show(options.client().get("space", path(id)));
  }

  private static String path(String id) {
    return "/v1/domains/" + UrlPath.segment(id);
  }
}
