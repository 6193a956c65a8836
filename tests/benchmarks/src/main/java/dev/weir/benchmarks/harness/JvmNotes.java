package dev.weir.benchmarks.harness;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

/** What the collector took and how far the heap rose while a benchmark ran. Confined. */
public final class JvmNotes {
  private final long collectedMillis = collectedMillis();
  private final long start = System.nanoTime();

  private JvmNotes() {
    pools().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  public static JvmNotes begin() {
    return new JvmNotes();
  }

  public void write(Sheet sheet) {
    sheet.against(
        "gc pauses",
        (double) (collectedMillis() - collectedMillis),
        "ms",
        "wall time of this bench",
        (System.nanoTime() - start) / 1e6);
    double peak = pools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    double mebi = 1 << 20;
    sheet.atMost("peak heap", peak / mebi, "MiB", Runtime.getRuntime().maxMemory() / mebi);
  }

  private static java.util.stream.Stream<MemoryPoolMXBean> pools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP);
  }

  private static long collectedMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }
}
