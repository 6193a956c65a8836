package dev.weir.cli.command;

import dev.weir.cli.ExitCode;
import dev.weir.cli.client.SigningDesk;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir domain}: authorised operation. */
@Command(
    name = "domain",
    description = "Operation domains / 授权运营域",
    mixinStandardHelpOptions = true)
public final class DomainCommands {
  private static final String DOMAINS = "/v1/domains";

  @Command(
      name = "propose",
      description = "Propose a domain from JSON / 提出授权运营域",
      mixinStandardHelpOptions = true)
  int propose(@Mixin ClientOptions options, @Mixin BodyFile proposal) throws IOException {
    return options.post("space", DOMAINS, proposal.read());
  }

  @Command(
      name = "review",
      description = "Approve the use scene, or reject it with a reason / 审核应用场景",
      mixinStandardHelpOptions = true)
  int review(@Mixin ClientOptions options, @Mixin Id id, @Mixin Review review) {
    return options.post("space", id.in(DOMAINS) + "/scene-review", review.body());
  }

  @Command(
      name = "agreement",
      description = "What would be signed, and its SHA-256 / 查看待签运营协议及其摘要",
      mixinStandardHelpOptions = true)
  int agreement(@Mixin ClientOptions options, @Mixin Id id) {
    var agreement = new SigningDesk(options.client()).agreement(id.text());
    Summaries.show(agreement, options, System.out);
    return ExitCode.OK.status();
  }

  @Command(
      name = "sign",
      description = "Sign the agreement with the party's own key / 用本方密钥签署运营协议",
      mixinStandardHelpOptions = true)
  int sign(
      @Mixin ClientOptions options,
      @Mixin KeyOptions key,
      @Mixin Id id,
      @Option(
              names = "--agreement-sha256",
              paramLabel = "HEX",
              defaultValue = "",
              description = "sign this agreement only, as `domain agreement` showed it / 只签该摘要的协议")
          String sha256,
      @Mixin Consent consent)
      throws IOException {
    var desk = new SigningDesk(options.client());
    var agreement = desk.agreement(id.text()).require(sha256);
    Summaries.show(agreement, options, System.err);
    consent.require(sha256, options.language());
    return options.show(desk.sign(agreement, key.read()));
  }

  @Command(
      name = "close",
      description = "Close the domain; its contracts end / 关闭运营域",
      mixinStandardHelpOptions = true)
  int close(@Mixin ClientOptions options, @Mixin Id id, @Mixin Reason reason) {
    return options.post("space", id.in(DOMAINS) + "/closure", reason.body());
  }

  @Command(
      name = "authorise",
      description = "Put a resource into the domain / 将资源授权入域",
      mixinStandardHelpOptions = true)
  int authorise(
      @Mixin ClientOptions options,
      @Mixin Id id,
      @Option(names = "--resource", required = true, description = "resource id / 资源编号")
          String resource) {
    return options.post("space", id.in(DOMAINS) + "/resources", Map.of("resourceId", resource));
  }

  @Command(name = "list", description = "Domains / 运营域列表", mixinStandardHelpOptions = true)
  int list(@Mixin ClientOptions options) {
    return options.list(
        "space",
        DOMAINS,
        "id",
        "status",
        "proposal.name",
        "operator",
        "proposal.implementingBody",
        "proposal.term.to");
  }

  @Command(name = "show", description = "One domain / 查看运营域", mixinStandardHelpOptions = true)
  int show(@Mixin ClientOptions options, @Mixin Id id) {
    return options.get("space", id.in(DOMAINS));
  }
}
