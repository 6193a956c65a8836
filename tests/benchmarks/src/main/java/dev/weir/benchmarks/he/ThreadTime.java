package dev.weir.benchmarks.he;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Processor time of the calling thread: what else runs on the machine does not count. */
final class ThreadTime {
  private ThreadTime() {}

  /** The median in milliseconds; one run before them is not counted. */
  static double medianMillis(int runs, Callable<?> work) throws Exception {
    var threads = ManagementFactory.getThreadMXBean();
    List<Long> nanos = new ArrayList<>();
    for (int run = -1; run < runs; run++) {
      long start = threads.getCurrentThreadCpuTime();
      dev.weir.benchmarks.harness.Sink.take(work.call());
      long taken = threads.getCurrentThreadCpuTime() - start;
      if (run >= 0) {
        nanos.add(taken);
      }
    }
    nanos.sort(Long::compare);
    return nanos.get(nanos.size() / 2) / 1e6;
  }
}
