package dev.weir.privacy.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.privacy.account.PrivacyFilter.Outcome.Granted;
import dev.weir.privacy.account.PrivacyFilter.Outcome.Stopped;
import dev.weir.privacy.noise.Rational;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrivacyFilterTest {

  @Test
  void spend_inAnyOrder_neverExceedsTheCap() {
    var random = new Random(20_260_822);
    for (int run = 0; run < 200; run++) {
      long cap = random.nextLong(1, 1_000_000);
      var filter = PrivacyFilter.of(cap);
      long granted = 0;
      for (int i = 0; i < 100; i++) {
        long cost = random.nextLong(0, cap);
        switch (filter.spend(cost)) {
          case Granted(var rest) -> {
            granted += cost;
            filter = rest;
          }
          case Stopped(var missing) -> assertThat(granted + cost).isEqualTo(cap + missing);
        }
        assertThat(filter.spentNanoRho()).isEqualTo(granted).isLessThanOrEqualTo(cap);
      }
    }
  }

  @Test
  void spend_ofExactlyWhatIsLeft_isGrantedAndThenStops() {
    var empty = ((Granted) PrivacyFilter.of(10).spend(10)).rest();
    assertThat(empty.leftNanoRho()).isZero();
    assertThat(empty.spend(1)).isEqualTo(new Stopped(1));
    assertThat(empty.spend(0)).isEqualTo(new Granted(empty));
  }

  @Test
  void spend_ofTheLargestCost_doesNotWrapAround() {
    var almost = new PrivacyFilter(Long.MAX_VALUE, Long.MAX_VALUE - 1);
    assertThat(almost.spend(Long.MAX_VALUE)).isEqualTo(new Stopped(Long.MAX_VALUE - 1));
    assertThatThrownBy(() -> almost.spend(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PrivacyFilter(1, 2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void varianceOfASquare_costsWhatWasAsked() {
    var two = Rational.of(2, 1); // a histogram: Δ₂ = √2
    for (long nanoRho : new long[] {1, 7, 10_000_000, 999_999_999}) {
      var variance = Zcdp.gaussianVarianceOfSquare(two, nanoRho);
      assertThat(Zcdp.gaussianCostOfSquare(two, variance)).isEqualTo(nanoRho);
    }
    assertThat(Zcdp.gaussianVarianceOfSquare(Rational.of(9, 1), 5))
        .isEqualTo(Zcdp.gaussianVariance(Rational.of(3, 1), 5));
  }
}
