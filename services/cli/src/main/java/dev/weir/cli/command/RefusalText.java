package dev.weir.cli.command;

import dev.weir.dap.client.AnswerFault;
import dev.weir.kernel.Bilingual;
import dev.weir.policy.decision.EngineRule;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the stable id of a refusal means and what helps, in both languages, with the id at its end:
 * of an aggregator's problem, of the usage-control engine's rule, or of an answer that says
 * nothing.
 */
public final class RefusalText {
  private static final String STATUS = "status [0-9]+";

  private RefusalText() {}

  /**
   * @param id a problem's type, an {@link EngineRule}, an {@link AnswerFault}, or a status
   * @return for an id of another edition's, that it is not known here
   */
  public static Bilingual of(String id) {
    var text = known(id).orElseGet(RefusalText::unknown);
    return new Bilingual(text.zh() + "（" + id + "）", text.en() + " (" + id + ")");
  }

  /**
   * @return empty for a rule that is none of the engine's, such as one that a provider wrote
   */
  static Optional<Bilingual> ofRule(String id) {
    return rule(id).map(known -> of(id));
  }

  private static Optional<Bilingual> known(String id) {
    return ProblemText.of(id)
        .map(problem ->
            new Bilingual(
                problem.title().zh() + "：" + problem.advice().zh(),
                problem.title().en() + ": " + problem.advice().en()))
        .or(() -> rule(id))
        .or(() -> fault(id))
        .or(() -> id.matches(STATUS) ? Optional.of(noDocument()) : Optional.empty());
  }

  private static Optional<Bilingual> rule(String id) {
    return Arrays.stream(EngineRule.values())
        .filter(rule -> rule.id().equals(id))
        .findFirst()
        .map(rule ->
            new Bilingual(
                rule.text().zh() + rule.help().zh(), rule.text().en() + " " + rule.help().en()));
  }

  private static Optional<Bilingual> fault(String id) {
    return Arrays.stream(AnswerFault.values())
        .filter(fault -> fault.id().equals(id))
        .findFirst()
        .map(RefusalText::told);
  }

  private static Bilingual told(AnswerFault fault) {
    return switch (fault) {
      case UNREACHABLE ->
          new Bilingual(
              "聚合方没有回应。请检查其地址与网络，稍后再次执行同一命令。",
              "The aggregator does not answer. Check its address and the network, and run the same"
                  + " command again later.");
      case NO_LOCATION ->
          new Bilingual(
              "主聚合方受理了收集，却未说明到何处取结果。请其运营方检查所用软件或代理是否去掉了 Location。",
              "The leader took the collection and did not say where to ask for it. Its operator"
                  + " finds out whether its software or a proxy drops the header Location.");
      case FOREIGN_LOCATION ->
          new Bilingual(
              "主聚合方把结果指向另一台服务器，令牌不会发往那里。请核对配置文件中主聚合方的地址（协议、主机与端口），并请其运营方检查 Location。",
              "The leader sends us to another server, and our token does not go there. Compare the"
                  + " leader's address in the profile (scheme, host, port), and ask its operator"
                  + " what Location says.");
      case NOT_DAP ->
          new Bilingual(
              "该地址的回答不是 DAP 消息，常见于地址有误，或途中的代理、登录页截住了请求。报告仍保存在本机。请核对地址与网络后再次执行同一命令。",
              "What answers at this address is no message of DAP, as of a wrong address, a proxy or"
                  + " a login page on the way. Nothing that waits here is lost. Check the address"
                  + " and the network, and run the same command again.");
      case NO_USABLE_KEY ->
          new Bilingual(
              "聚合方未提供本程序支持的套件中可用的密钥，未加密任何内容。请更新本程序，或请其运营方提供有效的 X25519、HKDF-SHA256、AES-128-GCM 密钥。",
              "The aggregator offers no sound key of a suite that this program speaks, and nothing"
                  + " was sealed. Update this program, or ask its operator for a key of X25519,"
                  + " HKDF-SHA256 and AES-128-GCM.");
    };
  }

  private static Bilingual noDocument() {
    return new Bilingual(
        "聚合方只回了一个状态码，没有说明原因；常见于地址有误，或途中的代理拒绝。请核对地址后再试。",
        "The answer is a bare status without a reason, as of a wrong address or of a proxy that"
            + " refuses. Check the address and try again.");
  }

  private static Bilingual unknown() {
    return new Bilingual(
        "本版本不认识这个原因。请向聚合方的运营方询问其含义，或更新本程序。",
        "This version does not know the reason. Ask the aggregator's operator what it means, or"
            + " update this program.");
  }
}
