package dev.weir.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoiseBoundTest {

  @Test
  void bound_growsWithMagnitudeAndRows_andShrinksWithBudget() {
    // given
    var bound = new NoiseBound(5_000_000, 1, 1);
    // then σ is 10, and the bound of 8,192 values at 10⁻⁹ lies between 6 and 8 σ
    assertThat(bound.gaussian()).isBetween(60L, 80L);
    assertThat(new NoiseBound(5_000_000, 180, 1).gaussian()).isGreaterThan(170 * bound.gaussian());
    assertThat(new NoiseBound(5_000_000, 1, 4).gaussian()).isGreaterThan(3 * bound.gaussian());
    assertThat(new NoiseBound(20_000_000, 1, 1).gaussian()).isLessThan(bound.gaussian());
  }
}
