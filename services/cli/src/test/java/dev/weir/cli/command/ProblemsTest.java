package dev.weir.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.client.ApiProblem;
import dev.weir.kernel.Bilingual.Language;
import dev.weir.policy.decision.EngineRule;
import dev.weir.runtime.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProblemsTest {
  private static final Map<String, Object> SAME_HANDS =
      Map.of(
          "type", "urn:weir:problem:same-hands",
          "title", "This step needs different hands than an earlier one",
          "status", 409,
          "detail", "The proposer cannot approve.",
          "instance", "urn:uuid:1");

  @Test
  void line_inChinese_advisesBeforeTheServicesOwnWords() {
    assertThat(Problems.line(problem(SAME_HANDS), Language.ZH))
        .isEqualTo("这一步须由另一人完成：请由未参与前一步的人员进行。 — The proposer cannot approve. [urn:uuid:1]");
  }

  @Test
  void line_inEnglish_isTheServicesOwnWords() {
    assertThat(Problems.line(problem(SAME_HANDS), Language.EN))
        .isEqualTo(
            "This step needs different hands than an earlier one: The proposer cannot approve."
                + " [urn:uuid:1]");
  }

  @Test
  void line_ofAProblemThatIsNotOurs_isItsTitle() {
    var foreign = Map.<String, Object>of("type", "about:blank", "title", "Bad Gateway");
    assertThat(Problems.line(problem(foreign), Language.ZH)).isEqualTo("Bad Gateway");
  }

  @Test
  void aRuleOfTheEngine_isToldInWords_withItsIdAtTheirEnd() {
    String rule = EngineRule.PURPOSE_BOUND.id();
    var refused =
        Map.<String, Object>of(
            "type",
            "urn:weir:problem:policy-refused",
            "title",
            "The contract's policy does not allow this use",
            "status",
            403,
            "detail",
            "No collection would be allowed: " + rule + ".",
            "rule",
            rule);
    for (Language language : Language.values()) {
      String line = Problems.line(problem(refused), language);
      assertThat(line)
          .contains(EngineRule.PURPOSE_BOUND.text().in(language))
          .endsWith(RefusalText.of(rule).in(language))
          .containsOnlyOnce(rule);
    }
  }

  @Test
  void aRuleThatAProviderWrote_isToldByItsDetail() {
    var refused =
        Map.<String, Object>of(
            "type", "urn:weir:problem:policy-refused",
            "title", "The contract's policy does not allow this use",
            "status", 403,
            "detail", "No collection would be allowed: offer-17.",
            "rule", "offer-17");
    assertThat(Problems.line(problem(refused), Language.EN))
        .isEqualTo(
            "The contract's policy does not allow this use: No collection would be allowed:"
                + " offer-17. (rule=offer-17)");
  }

  private static ApiProblem problem(Map<String, Object> body) {
    return new ApiProblem(409, Json.mapper().valueToTree(body));
  }
}
