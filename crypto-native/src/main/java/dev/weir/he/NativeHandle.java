package dev.weir.he;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;

/**
 * One native object. Calls run at the same time; closing waits for those that run and refuses later
 * ones. A call never waits, so calls that hold several handles cannot lock each other out.
 * Thread-safe.
 */
final class NativeHandle implements AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final AtomicLong LEAKS = new AtomicLong();

  private final Alarm alarm;
  private final Cleaner.Cleanable cleanable;
  private int running;
  private boolean closing;

  NativeHandle(HeCalls calls, long number) {
    this.alarm = new Alarm(calls, number);
    this.cleanable = CLEANER.register(this, alarm);
  }

  static long leaks() {
    return LEAKS.get();
  }

  /** For tests that leak on purpose. */
  static long forgetLeaks() {
    return LEAKS.getAndSet(0);
  }

  <T> T call(LongFunction<T> work) {
    begin();
    try {
      return work.apply(alarm.number);
    } finally {
      end();
    }
  }

  void run(LongConsumer work) {
    call(number -> {
      work.accept(number);
      return 0;
    });
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closing) {
        return;
      }
      closing = true;
      boolean interrupted = false;
      while (running > 0) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    alarm.closed = true;
    cleanable.clean();
  }

  private synchronized void begin() {
    if (closing) {
      throw new IllegalStateException("the native object is closed");
    }
    running++;
  }

  private synchronized void end() {
    running--;
    notifyAll();
  }

  /** Frees, and counts a leak when nobody had closed. Never refers to the handle it watches. */
  private static final class Alarm implements Runnable {
    private final HeCalls calls;
    private final long number;
    private volatile boolean closed;

    Alarm(HeCalls calls, long number) {
      this.calls = calls;
      this.number = number;
    }

    @Override
    public void run() {
      if (!closed) {
        LEAKS.incrementAndGet();
      }
      calls.free(number);
    }
  }
}
