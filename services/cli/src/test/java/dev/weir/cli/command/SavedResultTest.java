package dev.weir.cli.command;

import static dev.weir.cli.command.SavedResult.AnswerCheck.AGREES;
import static dev.weir.cli.command.SavedResult.AnswerCheck.DIFFERS;
import static dev.weir.cli.command.SavedResult.AnswerCheck.NONE;
import static dev.weir.cli.command.SavedResult.AnswerCheck.UNCHECKED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.output.Output;
import dev.weir.kernel.Bilingual.Language;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.json.JsonDigest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SavedResultTest {
  private static final String ANSWER =
      """
      {"columns":[{"label":"district","kind":"key"},{"label":"n","kind":"count"}],
       "rows":[[{"text":"东城","suppressed":false},
                {"number":1234.5678,"interval":{"lower":1200,"upper":1269.1356},"suppressed":false}],
               [{"text":"西城","suppressed":false},
                {"number":12345678901234567890,"suppressed":false}]],
       "protectedUnit":"person"}
      """;

  @Test
  void json_withTheAnswerOfTheLog_agreesHoweverItIsLaidOut() throws Exception {
    // given
    String members = query().without("answer").toString();
    String otherwise =
        "{\"answer\":" + ANSWER.replace("1200,", "1200.00,") + "," + members.substring(1);
    // then
    assertThat(check(query().toPrettyString())).isEqualTo(AGREES);
    assertThat(check(otherwise)).isEqualTo(AGREES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1234.5678", "1269.1356", "12345678901234567890", "东城"})
  void json_withOneDigitOrKeyChanged_differs(String figure) throws Exception {
    // given
    int last = figure.length() - 1;
    String changed = figure.substring(0, last) + (figure.charAt(last) == '1' ? '2' : '1');
    String text = query().toPrettyString();
    // then
    assertThat(text).contains(figure);
    assertThat(check(text.replace(figure, changed))).isEqualTo(DIFFERS);
  }

  @Test
  void json_withoutTheAnswerThatTheLogHas_differs() throws Exception {
    assertThat(check(query().without("answer").toString())).isEqualTo(DIFFERS);
  }

  @Test
  void json_ofARefusal_hasNoAnswerOnEitherSide() throws Exception {
    // given
    String refused = query().without("answer").toString();
    // then
    assertThat(SavedResult.in(refused))
        .hasValueSatisfying(result ->
            assertThat(result.answer(Json.mapper().createObjectNode(), Optional::empty))
                .isEqualTo(NONE));
  }

  @ParameterizedTest
  @EnumSource(names = {"TABLE", "CSV"})
  void text_asItWasShown_agrees(Output.Format format) throws Exception {
    assertThat(check(shown(format))).isEqualTo(AGREES);
    assertThat(check(shown(format).replace("\n", "\r\n"))).isEqualTo(AGREES);
  }

  @ParameterizedTest
  @EnumSource(names = {"TABLE", "CSV"})
  void text_withADigitChangedOrARowMoreOrLess_differs(Output.Format format) throws Exception {
    // given
    String shown = shown(format);
    String added = shown.replace("# receipt", "丰台,7\n# receipt");
    String less = shown.replaceFirst("西城.*\n", "");
    // then
    assertThat(check(shown.replace("1234.568", "1234.569"))).isEqualTo(DIFFERS);
    assertThat(check(added)).isEqualTo(DIFFERS);
    assertThat(check(less)).isEqualTo(DIFFERS);
  }

  @Test
  void text_whenTheServiceDoesNotShowTheAnswer_staysUnchecked() throws Exception {
    // given
    var result = SavedResult.in(shown(Output.Format.CSV)).orElseThrow();
    // then
    assertThat(result.answer(leaf(), Optional::empty)).isEqualTo(UNCHECKED);
  }

  private static SavedResult.AnswerCheck check(String file) throws Exception {
    JsonNode kept = query();
    return SavedResult.in(file).orElseThrow().answer(leaf(), () -> Optional.of(kept));
  }

  private static ObjectNode leaf() {
    var leaf = Json.mapper().createObjectNode();
    leaf.putObject("figures").put("answerSha256", JsonDigest.ofText(ANSWER));
    return leaf;
  }

  private static ObjectNode query() throws Exception {
    var query = Json.mapper().createObjectNode();
    query.put("receiptLeaf", "leaf").put("id", "query").put("contractId", "contract");
    query.putObject("charged").put("nanoRho", 5_000).put("fen", 200);
    query.set("answer", Json.mapper().readTree(ANSWER));
    return query;
  }

  private static String shown(Output.Format format) throws Exception {
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    new Output(format, out).items(AnswerRows.of(query().path("answer")));
    out.println(format == Output.Format.CSV ? "" : "\n" + AnswerRows.footer(query(), Language.ZH));
    ReceiptNote.of(query()).lines().forEach(out::println);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
