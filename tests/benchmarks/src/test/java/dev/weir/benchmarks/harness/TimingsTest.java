package dev.weir.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimingsTest {
  @Test
  void quantile_isTheSmallestTimeThatSoManyKept() {
    // given
    var timings =
        Timings.ofNanos(LongStream.rangeClosed(1, 200).map(n -> 201 - n).boxed().toList());
    // then
    assertThat(timings.nanos(0.5)).isEqualTo(100);
    assertThat(timings.nanos(0.99)).isEqualTo(198);
    assertThat(timings.nanos(1)).isEqualTo(200);
  }

  @Test
  void quantile_ofOneRun_isThatRun() {
    var timings = Timings.ofNanos(java.util.List.of(7L));
    assertThat(timings.nanos(0)).isEqualTo(7);
    assertThat(timings.nanos(0.99)).isEqualTo(7);
  }

  @Test
  void warmUps_areRunAndNotCounted() throws Exception {
    // given
    var calls = new AtomicInteger();
    // when
    var timings = Timings.of(3, 5, calls::incrementAndGet);
    // then
    assertThat(calls).hasValue(8);
    assertThat(timings.count()).isEqualTo(5);
  }
}
