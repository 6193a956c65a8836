package dev.weir.he;

/** Forgets a handle and waits, by the collector's own means, until its alarm has rung. */
final class LeakProbe {
  void forget(HeCalls calls, long number) {
    drop(calls, number);
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (NativeHandle.leaks() == 0 && System.nanoTime() < deadline) {
      System.gc();
      Thread.onSpinWait();
    }
  }

  long seen() {
    return NativeHandle.forgetLeaks();
  }

  private static void drop(HeCalls calls, long number) {
    new NativeHandle(calls, number).run(ignored -> {});
  }
}
