package dev.weir.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTitlesTest {
  @ParameterizedTest
  @EnumSource
  void title_ofEveryProblem_isChinese(ProblemType type) {
    assertThat(ProblemTitles.zh(type.urn()))
        .hasValueSatisfying(title -> assertThat(title).containsPattern("\\p{IsHan}{3}"));
  }

  @Test
  void title_ofAProblemThatIsNotOurs_isEmpty() {
    assertThat(ProblemTitles.zh("")).isEmpty();
  }
}
