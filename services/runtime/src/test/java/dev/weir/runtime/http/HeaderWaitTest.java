package dev.weir.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeaderWaitTest {
  private final HeaderWait wait = new HeaderWait();

  @Test
  void connection_thatSaysNothing_isNotWaitedFor() {
    assertThat(wait.waitedNanos(0, 100)).isZero();
    assertThat(wait.waitedNanos(0, 900)).isZero();
  }

  @Test
  void partOfARequest_isWaitedForHoweverOftenAByteComes() {
    assertThat(wait.waitedNanos(1, 100)).isZero();
    assertThat(wait.waitedNanos(2, 500)).isEqualTo(400);
    assertThat(wait.waitedNanos(3, 900)).isEqualTo(800);
  }

  @Test
  void timeOfARunningRequest_andTimeBetweenRequests_doNotCount() {
    wait.waitedNanos(20, 100);
    wait.begins();
    assertThat(wait.waitedNanos(5000, 900)).isZero();
    wait.ends(5000);
    assertThat(wait.waitedNanos(5000, 2000)).isZero();
    assertThat(wait.waitedNanos(5001, 3000)).isZero();
    assertThat(wait.waitedNanos(5002, 3500)).isEqualTo(500);
  }
}
