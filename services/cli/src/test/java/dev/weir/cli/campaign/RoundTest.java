package dev.weir.cli.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.campaign.check.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundTest {
  private static final Violation VIOLATION = new Violation(Violation.Invariant.BUDGET, "overspent");

  @Test
  void rounds_thatAnsweredAndSealed_hold() {
    assertThat(Round.allHold(List.of(round(3, 0), round(1, 1)))).isTrue();
  }

  @Test
  void rounds_ofWhichOneAnsweredNothing_doNotHoldThoughNothingWasViolated() {
    assertThat(Round.allHold(List.of(round(3, 1), round(0, 1)))).isFalse();
  }

  @Test
  void rounds_thatSealedNothing_doNotHold() {
    assertThat(Round.allHold(List.of(round(3, 0)))).isFalse();
    assertThat(Round.allHold(List.of())).isFalse();
  }

  @Test
  void rounds_withAViolation_doNotHold() {
    assertThat(Round.allHold(List.of(round(3, 1, VIOLATION)))).isFalse();
  }

  private static Round round(long answered, long sealed, Violation... violations) {
    return new Round(
        1, "kafka", 1_000, 1.0, 1.0, answered, sealed, 2, Map.of(), List.of(violations));
  }
}
