package dev.weir.query.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.LineageId;
import org.junit.jupiter.api.Test;

class ShortfallTest {
  private static final LineageId LINEAGE = LineageId.random();

  @Test
  void whatCoversTheQuestion_isNoShortfall() {
    assertThat(Shortfall.of(cost(5, 7), 5, 7, 1)).isEmpty();
  }

  @Test
  void whatDoesNotCoverTheQuestion_isNamedWithItsFigures() {
    assertThat(english(cost(6_000, 7), 5_000, 7, 1))
        .contains("privacy budget", "6,000 nano-ρ", "5,000 are left")
        .doesNotContain("δ");
    assertThat(english(cost(5, 8), 5, 7, 1)).contains("picoDelta", "8 pico-δ", "7 are left");
    assertThat(english(cost(6, 8), 5, 7, 1)).contains("nano-ρ").doesNotContain("pico-δ");
    assertThat(english(cost(6, 7), 5, 7, 2)).contains("every lineage");
  }

  private static Expected.LineageCost cost(long nanoRho, long picoDelta) {
    return new Expected.LineageCost(LINEAGE, nanoRho, picoDelta);
  }

  private static String english(Expected.LineageCost cost, long rho, long delta, int lineages) {
    return Shortfall.of(cost, rho, delta, lineages).orElseThrow().reasons().getFirst().text().en();
  }
}
