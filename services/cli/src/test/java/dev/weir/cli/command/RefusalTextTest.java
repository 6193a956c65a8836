package dev.weir.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.client.ApiProblem;
import dev.weir.dap.client.AnswerFault;
import dev.weir.dap.client.DapAnswerException;
import dev.weir.kernel.Bilingual;
import dev.weir.kernel.Bilingual.Language;
import dev.weir.kernel.ProblemType;
import dev.weir.policy.decision.EngineRule;
import dev.weir.runtime.json.Json;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No refusal is a bare id: whatever an aggregator or the engine says is told in words. */
class RefusalTextTest {
  private static final String INVALID_BATCH_SIZE = ProblemType.DAP_INVALID_BATCH_SIZE.urn();

  /** What ends a collection: problems of both lists, rules of the engine, answers that fail. */
  private static Stream<String> ids() {
    return Stream.of(
            Arrays.stream(ProblemType.values()).map(ProblemType::urn),
            Arrays.stream(EngineRule.values()).map(EngineRule::id),
            Arrays.stream(AnswerFault.values()).map(AnswerFault::id),
            Stream.of("status 502"))
        .flatMap(all -> all);
  }

  @Test
  void everyIdThatACollectorMeets_hasASentenceInBothLanguages_andStaysVisible() {
    String unknown = RefusalText.of("urn:x").en().replace("(urn:x)", "");
    assertThat(ids()).hasSizeGreaterThan(60);
    assertThat(ids())
        .allSatisfy(id -> {
          Bilingual text = RefusalText.of(id);
          assertThat(text.en()).endsWith("(" + id + ")").doesNotStartWith(unknown);
          assertThat(text.en().replace(id, ""))
              .doesNotContainPattern("\\p{IsHan}")
              .hasSizeGreaterThan(40);
          assertThat(text.zh()).endsWith("（" + id + "）");
          assertThat(text.zh().replace(id, ""))
              .containsPattern("\\p{IsHan}{5}")
              .isNotEqualTo(text.en());
        });
  }

  @Test
  void problemsOfDap_sayWhatToDoNext() {
    assertThat(Arrays.stream(ProblemType.values()).filter(type -> type.name().startsWith("DAP_")))
        .hasSizeGreaterThan(10)
        .allSatisfy(type -> {
          var advice = ProblemText.of(type.urn()).orElseThrow().advice();
          assertThat(advice.en())
              .containsPattern(
                  "[Cc]ompare|[Aa]sk|[Cc]ollect again|[Cc]orrect|[Rr]ead|[Nn]ame|[Ss]end|[Ll]eave|[Bb]egin|rise");
          assertThat(advice.zh()).containsPattern("请|再收取|须");
        });
  }

  @Test
  void idOfAnotherEdition_isSaidToBeUnknown_andShown() {
    assertThat(RefusalText.of("urn:x").en()).contains("does not know", "(urn:x)");
    assertThat(RefusalText.of("urn:x").zh()).contains("不认识", "（urn:x）");
  }

  @Test
  void aggregatorThatRefuses_isToldInTheUsersLanguage() {
    var answer = new DapAnswerException(INVALID_BATCH_SIZE, "Fewer than 100 reports.", 400);
    assertThat(CommandFailures.line(answer, Language.EN))
        .isEqualTo(
            "the aggregator refuses: The batch holds fewer reports or contributors than its task"
                + " demands: Collect again once more reports of more contributors have arrived;"
                + " nothing was charged. ("
                + INVALID_BATCH_SIZE
                + ") — Fewer than 100 reports.");
    assertThat(CommandFailures.line(answer, Language.ZH))
        .startsWith("聚合方拒绝：批次的报告数")
        .contains(INVALID_BATCH_SIZE)
        .doesNotContain("Fewer");
  }

  @Test
  void problemOfDap_fromASetUp_keepsItsIdAndFigures() {
    var body =
        Map.<String, Object>of(
            "type", ProblemType.DAP_UNRECOGNIZED_TASK.urn(),
            "detail", "The task is not known here.",
            "taskid", "T",
            "instance", "urn:uuid:1");
    var problem = new ApiProblem(404, Json.mapper().valueToTree(body));
    for (Language language : Language.values()) {
      assertThat(Problems.line(problem, language))
          .startsWith(RefusalText.of(ProblemType.DAP_UNRECOGNIZED_TASK.urn()).in(language))
          .endsWith("(taskid=T) [urn:uuid:1]");
    }
  }
}
