package dev.weir.query.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShortfallTest {
  @Test
  void whatDoesNotCoverTheQuestion_isNamed() {
    assertThat(Shortfall.of(5, 7, 5, 7)).isEqualTo(Shortfall.NONE);
    assertThat(Shortfall.of(6, 7, 5, 7)).isEqualTo(Shortfall.RHO);
    assertThat(Shortfall.of(5, 8, 5, 7)).isEqualTo(Shortfall.DELTA);
    assertThat(Shortfall.of(6, 8, 5, 7)).isEqualTo(Shortfall.RHO);
    assertThat(english(Shortfall.DELTA, 1)).contains("δ").contains("picoDelta");
    assertThat(english(Shortfall.RHO, 1)).contains("privacy budget").doesNotContain("δ");
    assertThat(english(Shortfall.RHO, 2)).contains("every lineage");
  }

  private static String english(Shortfall shortfall, int lineages) {
    return shortfall.refusal(lineages).reasons().getFirst().text().en();
  }
}
