package dev.weir.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.Bilingual;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingWordsTest {
  private static Bilingual words(String contract, String task) {
    return new ClosingWords(Path.of("keys"), Path.of("collector"), contract, task).text();
  }

  private static List<String> both(Bilingual words) {
    return List.of(words.zh(), words.en());
  }

  @Test
  void demoWithoutAContract_namesNone_andSaysHowToGoOnWithTheAggregation() {
    assertThat(both(words("", "abc")))
        .allSatisfy(text ->
            assertThat(text)
                .contains("./weir aggregate task show --as builder-analyst --at leader abc")
                .contains("collector", "keys", "./weir down")
                .doesNotContain("contract", "合约", "query history"));
    assertThat(words("", "-bc").en()).contains("--at leader -- -bc");
  }

  @Test
  void demoOfContracts_namesIt() {
    assertThat(both(words("c-1", "")))
        .allSatisfy(text ->
            assertThat(text)
                .contains("c-1", "./weir query history", "./weir down")
                .doesNotContain("aggregate"));
    assertThat(both(words("c-1", "abc")))
        .allSatisfy(text -> assertThat(text).contains("c-1", "abc"));
  }
}
