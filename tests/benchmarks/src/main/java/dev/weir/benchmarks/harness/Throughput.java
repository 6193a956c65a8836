package dev.weir.benchmarks.harness;

import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Work done by parallel clients. */
public final class Throughput {
  private Throughput() {}

  /** One piece of work. */
  @FunctionalInterface
  public interface Numbered {
    void run(int number) throws Exception;
  }

  /** Does pieces 0 to {@code count − 1}, and returns how many were done a second. */
  public static double perSecond(int clients, int count, Numbered work) throws Exception {
    var next = new AtomicInteger();
    try (var threads = Executors.newFixedThreadPool(clients)) {
      long start = System.nanoTime();
      var running = new ArrayList<Future<?>>();
      for (int client = 0; client < clients; client++) {
        running.add(
            threads.submit(() -> {
              for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                work.run(n);
              }
              return count;
            }));
      }
      for (Future<?> one : running) {
        one.get();
      }
      return count / seconds(start);
    }
  }

  /** Seconds since a {@link System#nanoTime()}. */
  public static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
