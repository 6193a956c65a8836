package dev.weir.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.Bilingual.Language;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetailsTest {
  private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

  /** The only words of a refusal that are one literal and its end. */
  private static final Pattern THROWN =
      Pattern.compile(
          "new ProblemException\\(\\s*(?:ProblemType\\.)?[A-Z_]+,\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*\\+?\\s*)+)[,)]");

  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  @Test
  void sentencesOfTheServices_haveTheirChinese() throws IOException {
    var lacking = new TreeSet<String>();
    int found = 0;
    try (var files = Files.walk(Path.of(System.getProperty("weir.root"), "services"))) {
      for (Path file : files.filter(DetailsTest::isSource).toList()) {
        var thrown = THROWN.matcher(Files.readString(file));
        while (thrown.find()) {
          var sentence = new StringBuilder();
          LITERAL
              .matcher(thrown.group(1))
              .results()
              .forEach(part -> sentence.append(part.group(1)));
          String english = sentence.toString();
          found++;
          if (!HAN.matcher(Details.in(Language.ZH, english)).find()) {
            lacking.add(english);
          }
        }
      }
    }
    assertThat(found).isGreaterThan(180);
    // A sentence may be some days older than its translation; until then it is told in English.
    assertThat(lacking).hasSizeLessThan(found / 20);
  }

  private static boolean isSource(Path file) {
    String path = file.toString();
    return path.contains("/src/main/java/") && path.endsWith(".java");
  }

  @Test
  void sentenceWithHoles_keepsWhatVaries_andOneThatIsUnknownStaysEnglish() {
    assertThat(Details.in(Language.ZH, "A source has at most 4096 bytes."))
        .isEqualTo("数据源至多 4096 字节。");
    assertThat(Details.in(Language.ZH, "The quota is used up: $1 of r.")).contains("$1 of r");
    assertThat(Details.in(Language.ZH, "Nobody said this.")).isEqualTo("Nobody said this.");
    assertThat(Details.in(Language.EN, "A cap can only grow.")).isEqualTo("A cap can only grow.");
  }

  @Test
  void problem_inChinese_keepsTypeAndTitle() throws IOException {
    var problem = Problem.of(ProblemType.WRONG_STATE, "A cap can only grow.");
    var chinese = Json.mapper().readTree(problem.json(Language.ZH, "c"));
    assertThat(chinese.path("detail").asText()).isEqualTo("预算上限只能提高。");
    assertThat(chinese.path("title").asText()).isEqualTo(ProblemType.WRONG_STATE.title());
    assertThat(chinese.path("type").asText()).isEqualTo(ProblemType.WRONG_STATE.urn());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | EN",
        "zh | ZH",
        "zh-CN,zh;q=0.9,en;q=0.8 | ZH",
        "en-GB,en;q=0.9,zh;q=0.8 | EN",
        "fr, zh;q=0.1 | ZH",
        "en;q=0.2, ZH-Hans;q=0.3 | ZH",
        "zh;q=0 | EN",
        "zh;q=canary | EN",
        ";;,,;q | EN",
        "* | EN"
      })
  void acceptLanguage_isWeighed(String header, Language language) {
    assertThat(Details.asked(header)).isEqualTo(language);
  }
}
