package dev.weir.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreditCodeTest {
  private static final String EXAMPLE_OF_THE_STANDARD = "91350100M000100Y43";

  @Test
  void of_acceptsTheExampleOfGb32100() {
    assertThat(CreditCode.of(EXAMPLE_OF_THE_STANDARD)).hasToString(EXAMPLE_OF_THE_STANDARD);
  }

  @Test
  void isValid_findsEverySubstitution() {
    for (int i = 0; i < CreditCode.LENGTH; i++) {
      for (char other : "0123456789ABCDEFGHJKLMNPQRTUWXY".toCharArray()) {
        if (other != EXAMPLE_OF_THE_STANDARD.charAt(i)) {
          String wrong =
              EXAMPLE_OF_THE_STANDARD.substring(0, i)
                  + other
                  + EXAMPLE_OF_THE_STANDARD.substring(i + 1);
          assertThat(CreditCode.isValid(wrong)).as(wrong).isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "91350100M000100Y4",
        "91350100M000100Y433",
        "91350100m000100y43",
        "9135010OM000100Y43",
        "91A50100M000100Y43",
        "９1350100M000100Y43"
      })
  void of_refusesWithoutRepeatingTheValue(String code) {
    assertThatThrownBy(() -> CreditCode.of(code))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(ProblemType.VALIDATION_FAILED);
              if (!code.isEmpty()) {
                assertThat(problem.detail()).doesNotContain(code);
              }
            });
  }
}
