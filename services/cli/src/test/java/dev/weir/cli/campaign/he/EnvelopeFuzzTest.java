package dev.weir.cli.campaign.he;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The short version of {@code weir campaign he-fuzz}; the seed is fixed, so a fault repeats. */
class EnvelopeFuzzTest {
  @Test
  void mutatedEnvelopes_areRefusedOrWorkedWith_andNothingElse() {
    var outcome = new EnvelopeFuzz(1).run(4_000);
    assertThat(outcome.faults()).isEmpty();
    assertThat(outcome.leaked()).isZero();
    assertThat(outcome.refused()).isGreaterThan(1_000);
    assertThat(outcome.passed()).isPositive(); // some changes hit coefficients or seeds only
  }

  @Test
  void goodEnvelopes_allPass() {
    try (var envelopes = new Envelopes()) {
      assertThat(envelopes.all())
          .hasSize(18)
          .allSatisfy(envelope -> envelope.use().accept(envelope.good()));
    }
  }

  @Test
  void mutations_changeBytes() {
    var good = new byte[300];
    var random = new Random(2);
    int same = 0;
    for (int i = 0; i < 1_000; i++) {
      same += java.util.Arrays.equals(good, Mutation.of(good, random)) ? 1 : 0;
    }
    assertThat(same).isLessThan(100);
  }
}
