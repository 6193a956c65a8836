package dev.weir.cli.campaign.he;

import com.sun.management.ThreadMXBean;
import dev.weir.he.HeLibrary;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Sends mutated envelopes where good ones go and counts what happens. An envelope is refused as
 * documented or worked with; whatever else is thrown, a native object left behind and memory beyond
 * its bound are faults. Confined to one thread.
 */
final class EnvelopeFuzz {
  /** What one envelope may take from the heap; the longest one has a million bytes. */
  static final long MAX_BYTES = 48L << 20;

  /** Of processor time; what is expanded takes a twentieth of it. */
  private static final long MAX_MILLIS = 5_000;

  private final RandomGenerator random;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Map<String, Integer> faults = new TreeMap<>();
  private int refused;
  private int passed;
  private long slowestMillis;
  private long mostBytes;

  EnvelopeFuzz(long seed) {
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /**
   * @param refused as documented
   * @param passed and worked with
   * @param faults anything else that happened, by kind of envelope
   * @param leaked native objects left behind
   * @param slowestMillis processor time of one envelope
   * @param mostBytes of heap that one envelope took
   */
  record Outcome(
      int refused,
      int passed,
      Map<String, Integer> faults,
      long leaked,
      long slowestMillis,
      long mostBytes) {
    boolean held() {
      return faults.isEmpty() && leaked == 0 && slowestMillis <= MAX_MILLIS;
    }
  }

  Outcome run(int rounds) {
    long before = HeLibrary.loaded().liveObjects();
    try (var envelopes = new Envelopes()) {
      send(envelopes.all(), rounds);
    }
    long leaked = HeLibrary.loaded().liveObjects() - before;
    return new Outcome(refused, passed, faults, leaked, slowestMillis, mostBytes);
  }

  /** First all that is nothing, then mutations of what is something. */
  void send(List<Sample> samples, int rounds) {
    for (var sample : samples) {
      for (var odd : sample.oddities()) {
        if (send(sample.kind(), odd)) {
          fault(sample.kind(), "nothing was taken for something");
        }
      }
    }
    for (int round = 0; round < rounds; round++) {
      var sample = samples.get(random.nextInt(samples.size()));
      byte[] bytes = mutated(sample);
      send(sample.kind(), () -> sample.use().works(bytes));
    }
  }

  Map<String, Integer> faults() {
    return faults;
  }

  private byte[] mutated(Sample sample) {
    return sample
        .document()
        .filter(document -> random.nextBoolean())
        .map(document -> document.around().apply(Documents.mutated(document.json(), random)))
        .orElseGet(() -> Mutation.of(sample.good(), random));
  }

  private boolean send(String kind, BooleanSupplier work) {
    long live = HeLibrary.loaded().liveObjects();
    long bytes = threads.getCurrentThreadAllocatedBytes();
    long nanos = threads.getCurrentThreadCpuTime();
    boolean worked = false;
    try {
      worked = work.getAsBoolean();
      passed += worked ? 1 : 0;
      refused += worked ? 0 : 1;
    } catch (RuntimeException | StackOverflowError e) {
      fault(kind, e.getClass().getName());
    }
    bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
    nanos = threads.getCurrentThreadCpuTime() - nanos;
    mostBytes = Math.max(mostBytes, bytes);
    slowestMillis = Math.max(slowestMillis, TimeUnit.NANOSECONDS.toMillis(nanos));
    if (bytes > MAX_BYTES) {
      fault(kind, "took more memory than it may");
    }
    if (HeLibrary.loaded().liveObjects() != live) {
      fault(kind, "left or took a native object");
    }
    return worked;
  }

  private void fault(String kind, String what) {
    faults.merge(kind + ": " + what, 1, Integer::sum);
  }
}
