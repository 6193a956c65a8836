package dev.weir.aggregation.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ThreadDeathsTest {
  private Instant now = Instant.parse("2026-11-20T10:30:00Z");
  private final ThreadDeaths deaths = new ThreadDeaths(() -> now);

  @Test
  void messageThatEndsEveryThread_isSeen_andForgottenWhenItIsOver() {
    for (int i = 1; i < ThreadDeaths.MOST; i++) {
      deaths.add();
      assertThat(deaths.areFrequent()).isFalse();
    }
    deaths.add();
    assertThat(deaths.areFrequent()).isTrue();
    now = now.plus(ThreadDeaths.WITHIN);
    assertThat(deaths.areFrequent()).isFalse();
  }

  @Test
  void deathsFarApart_areNone() {
    for (int i = 0; i < 2 * ThreadDeaths.MOST; i++) {
      deaths.add();
      now = now.plus(ThreadDeaths.WITHIN.dividedBy(2)).plus(Duration.ofSeconds(1));
      assertThat(deaths.areFrequent()).isFalse();
    }
  }
}
