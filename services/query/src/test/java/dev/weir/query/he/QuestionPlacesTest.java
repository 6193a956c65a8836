package dev.weir.query.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.he.HeParameters;
import dev.weir.he.query.CellLayout;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import org.junit.jupiter.api.Test;

class QuestionPlacesTest {
  private static final int LARGE = QuestionPlaces.LARGE_BYTES + 1;

  private final QuestionPlaces places = new QuestionPlaces();

  @Test
  void party_hasAPartOfThePlacesOnly() {
    var one = code("91990000900000033");
    try (var first = places.take(one, LARGE);
        var second = places.take(one, LARGE)) {
      assertRefused(one);
      try (var third = places.take(code("91990000900000044"), LARGE);
          var fourth = places.take(code("91990000900000044"), LARGE)) {
        assertRefused(code("11990000900000055"));
        assertThat(third.bytes()).isEqualTo(fourth.bytes());
      }
      assertThat(first.bytes()).isEqualTo(second.bytes());
    }
  }

  @Test
  void freedTwice_isFreedOnce() {
    var one = code("91990000900000033");
    var first = places.take(one, LARGE);
    try (var second = places.take(one, LARGE)) {
      first.close();
      first.close();
      try (var third = places.take(one, LARGE)) {
        assertRefused(one);
        assertThat(third.bytes()).isEqualTo(second.bytes());
      }
    }
  }

  @Test
  void smallQuestion_needsNoPlace() {
    var one = code("91990000900000033");
    for (int i = 0; i < 100; i++) {
      assertThat(places.take(one, QuestionPlaces.LARGE_BYTES).bytes())
          .isEqualTo(QuestionPlaces.LARGE_BYTES);
    }
  }

  /** What all places hold at once, of the largest cells there are. */
  @Test
  void placesHold_aQuarterOfTheSmallestHeap() {
    var largest = new CellLayout(HeParameters.CELLS_4096, 1 << 20, 9, 63);
    long held = (long) QuestionPlaces.AT_ONCE * EncryptedQuestion.maxBytes(largest.terms());
    assertThat(held).isLessThan((512L << 20) / 4);
  }

  private void assertRefused(CreditCode party) {
    assertThatThrownBy(() -> places.take(party, LARGE))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE));
  }

  private static CreditCode code(String body) {
    return CreditCode.of(body + CreditCode.checkCharacter(body));
  }
}
