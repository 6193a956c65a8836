package dev.weir.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCharacterTest {
  private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "491330100MA2XXXXX1A330100000001E",
        "591330100MA2XXXXX1A330100000002R",
        "C191330100MA2XXXXX1A330120261122090000000000014"
      })
  void isValid_acceptsTheVectorsOfTheIdentifierRules(String code) {
    assertThat(CheckCharacter.isValid(code)).isTrue();
    assertThat(CheckCharacter.of(code.substring(0, code.length() - 1)))
        .isEqualTo(code.charAt(code.length() - 1));
  }

  @Test
  void of_reachesTheStarAndIsValidOnlyAtTheEnd() {
    // given: 1·2 ≡ 2 and 36 ≡ 1 − 2 (mod 37)
    String code = "1" + CheckCharacter.of("1");
    // then
    assertThat(code).isEqualTo("1*");
    assertThat(CheckCharacter.isValid(code)).isTrue();
    assertThat(CheckCharacter.isValid("1*" + "0")).isFalse();
  }

  @Test
  void isValid_findsEverySubstitutionAndEverySwapOfNeighbours() {
    var random = new Random(20260304);
    for (int round = 0; round < 200; round++) {
      String code = randomCode(random);
      for (int i = 0; i < code.length() - 1; i++) {
        assertSubstitutionsFound(code, i);
        assertSwapFound(code, i);
      }
    }
  }

  private static void assertSubstitutionsFound(String code, int at) {
    for (char other : ALPHABET.toCharArray()) {
      if (other != code.charAt(at)) {
        String wrong = code.substring(0, at) + other + code.substring(at + 1);
        assertThat(CheckCharacter.isValid(wrong)).as(wrong).isFalse();
      }
    }
  }

  private static void assertSwapFound(String code, int at) {
    char left = code.charAt(at);
    char right = code.charAt(at + 1);
    if (left != right) {
      String wrong = code.substring(0, at) + right + left + code.substring(at + 2);
      assertThat(CheckCharacter.isValid(wrong)).as(wrong).isFalse();
    }
  }

  private static String randomCode(Random random) {
    var body = new StringBuilder();
    for (int i = 0; i < 31; i++) {
      body.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return body.toString() + CheckCharacter.of(body.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1a", "１*", "1 *"})
  void isValid_refusesWhatIsTooShortOrOutsideTheAlphabet(String code) {
    assertThat(CheckCharacter.isValid(code)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "*", " ", "9一"})
  void of_refusesAnotherAlphabet(String body) {
    assertThatThrownBy(() -> CheckCharacter.of(body)).isInstanceOf(IllegalArgumentException.class);
  }
}
