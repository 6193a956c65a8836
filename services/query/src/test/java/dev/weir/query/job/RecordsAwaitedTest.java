package dev.weir.query.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecordsAwaitedTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final RecordsAwaited idle = new RecordsAwaited(() -> false);
  private final RecordsAwaited copying = new RecordsAwaited(() -> true);

  @Test
  void recordsThatAreHere_areNotWaitedFor() {
    assertThat(idle.shouldWait(Duration.ZERO, () -> true)).isFalse();
    assertThat(copying.shouldWait(Duration.ZERO, () -> true)).isFalse();
  }

  @Test
  void recordsNobodyHasHeardOf_areWaitedForAMoment() {
    assertThat(idle.shouldWait(RecordsAwaited.GRACE.minus(SECOND), () -> false)).isTrue();
    assertThat(idle.shouldWait(RecordsAwaited.GRACE, () -> false)).isFalse();
  }

  @Test
  void recordsUnderWay_areWaitedForUpToTheLimit() {
    assertThat(copying.shouldWait(RecordsAwaited.LIMIT.minus(SECOND), () -> false)).isTrue();
    assertThat(copying.shouldWait(RecordsAwaited.LIMIT, () -> false)).isFalse();
  }
}
