package dev.weir.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NativeHandleTest {
  private final HeCalls calls = HeLibrary.loaded().calls();

  private long object() {
    return calls.context(HeParameters.CELLS_4096.words().bytes());
  }

  @Test
  void closingTwice_isClosingOnce_andLaterCallsAreRefused() {
    long before = HeLibrary.loaded().liveObjects();
    var handle = new NativeHandle(calls, object());
    assertThat(HeLibrary.loaded().liveObjects()).isEqualTo(before + 1);
    handle.close();
    handle.close();
    assertThat(HeLibrary.loaded().liveObjects()).isEqualTo(before);
    assertThatThrownBy(() -> handle.run(number -> {})).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closing_waitsForTheCallThatRuns() throws Exception {
    var handle = new NativeHandle(calls, object());
    var inside = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var call =
          threads.submit(() ->
              handle.call(number -> {
                inside.countDown();
                try {
                  return leave.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              }));
      inside.await();
      var close = threads.submit(handle::close);
      assertThat(close.isDone()).isFalse();
      leave.countDown();
      assertThat(call.get(10, TimeUnit.SECONDS)).isTrue();
      close.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aForgottenHandle_isFreedAndCountedAsALeak() throws Exception {
    var leaks = new LeakProbe();
    leaks.forget(calls, object());
    assertThat(leaks.seen()).isEqualTo(1);
  }

  @Test
  void aStaleNumber_isRefused() {
    assertThatThrownBy(() -> calls.free(Long.MAX_VALUE))
        .isInstanceOfSatisfying(
            HeException.class, e -> assertThat(e.failure()).isEqualTo(HeFailure.BAD_HANDLE));
    long number = object();
    assertThatThrownBy(() -> calls.selectors(number, 0, 1)).isInstanceOf(HeException.class);
    calls.free(number);
  }
}
