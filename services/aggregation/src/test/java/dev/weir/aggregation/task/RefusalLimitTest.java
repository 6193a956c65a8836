package dev.weir.aggregation.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.rehearsal.RehearsalTask;
import dev.weir.dap.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RefusalLimitTest {
  private Instant now = Instant.parse("2026-11-20T10:30:00Z");
  private final RefusalLimit limit = new RefusalLimit(() -> now);

  @Test
  void theSameRefusal_leavesOneLeafADay() {
    assertThat(admits("a")).isTrue();
    assertThat(admits("a")).isFalse();
    now = now.plus(Duration.ofHours(23));
    assertThat(admits("a")).isFalse();
    now = now.plus(Duration.ofHours(2));
    assertThat(admits("a")).isTrue();
  }

  @Test
  void aPartyThatMakesThemUp_leavesSoManyAnHour_andKeepsNobodyElseFromIt() {
    int left = 0;
    for (int i = 0; i < 1_000; i++) {
      left += admits("made up " + i) ? 1 : 0;
    }
    assertThat(left).isEqualTo(RefusalLimit.MOST_AN_HOUR);
    assertThat(limit.admits(RehearsalTask.HELPER, bytes("another's"))).isTrue();
    now = now.plus(Duration.ofMinutes(61));
    assertThat(admits("the next hour")).isTrue();
  }

  @Test
  void whatWasNotAdmitted_isAdmittedLater() {
    for (int i = 0; i < RefusalLimit.MOST_AN_HOUR; i++) {
      admits("made up " + i);
    }
    assertThat(admits("told too late")).isFalse();
    now = now.plus(Duration.ofMinutes(61));
    assertThat(admits("told too late")).isTrue();
  }

  private boolean admits(String what) {
    return limit.admits(RehearsalTask.LEADER, bytes(what));
  }

  private static Bytes bytes(String text) {
    return Bytes.owning(text.getBytes(StandardCharsets.UTF_8)).sha256();
  }
}
