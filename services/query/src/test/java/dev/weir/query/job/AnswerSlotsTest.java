package dev.weir.query.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AnswerSlotsTest {
  private final AnswerSlots slots = new AnswerSlots(Duration.ofMillis(250));

  @Test
  void next_isTheFirstDoublingThatIsNotOver() {
    assertThat(slots.next(0)).isEqualTo(millis(250));
    assertThat(slots.next(millis(250))).isEqualTo(millis(250));
    assertThat(slots.next(millis(251))).isEqualTo(millis(500));
    assertThat(slots.next(millis(3_999))).isEqualTo(millis(4_000));
  }

  @Test
  void next_takesFewValuesHoweverLongTheEngineTook() {
    assertThat(
            java.util.stream.LongStream.range(0, 60_000)
                .map(elapsed -> slots.next(millis(elapsed)))
                .distinct()
                .count())
        .isEqualTo(9);
  }

  private static long millis(long count) {
    return Duration.ofMillis(count).toNanos();
  }
}
