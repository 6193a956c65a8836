package dev.weir.benchmarks.he;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Processor time of the calling thread: what else runs on the machine does not count. */
final class ThreadTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ThreadTime() {}

  /** The median in milliseconds; one run before them is not counted. */
  static double medianMillis(int runs, Callable<?> work) throws Exception {
    List<Double> millis = new ArrayList<>();
    for (int run = -1; run < runs; run++) {
      double taken = millis(work);
      if (run >= 0) {
        millis.add(taken);
      }
    }
    millis.sort(Double::compare);
    return millis.get(millis.size() / 2);
  }

  /** Of one run. */
  static double millis(Callable<?> work) throws Exception {
    long start = THREADS.getCurrentThreadCpuTime();
    dev.weir.benchmarks.harness.Sink.take(work.call());
    return (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
  }
}
