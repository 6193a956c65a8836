package dev.weir.benchmarks.core;

import dev.weir.audit.log.CrashPoints;
import dev.weir.audit.log.LeafDecoder;
import dev.weir.audit.log.LogDirectory;
import dev.weir.audit.log.LogKeys;
import dev.weir.audit.log.LogPublisher;
import dev.weir.audit.log.PostgresLeafStore;
import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.benchmarks.harness.Throughput;
import dev.weir.benchmarks.harness.Timings;
import dev.weir.benchmarks.stack.BenchDatabase;
import dev.weir.schemas.avro.EvidenceEntry;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The sequencer's work behind the topic: decode, give indices in PostgreSQL, write both trees to
 * synced files, read them back, sign and show the checkpoint.
 */
final class EvidenceBench {
  private static final int BATCH = 500;
  private static final double LIMIT_PER_SECOND = 2_000;
  private static final double LIMIT_MILLIS = 1_000;
  private static final int OFFERED_PER_SECOND = 2_000;
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final PostgresLeafStore store;
  private final LogPublisher publisher;
  private final long epoch;
  private final LeafDecoder decoder = new LeafDecoder();
  private long sequenced;

  private EvidenceBench(PostgresLeafStore store, LogPublisher publisher, long epoch) {
    this.store = store;
    this.publisher = publisher;
    this.epoch = epoch;
  }

  static void run(Settings settings, Sheet sheet) throws Exception {
    try (var scratch = settings.scratch();
        var server = BenchDatabase.start(scratch.path(), "audit");
        var database = server.open("audit", 2)) {
      var store = new PostgresLeafStore(database);
      var directory = new LogDirectory(scratch.path().resolve("log"));
      var keys =
          LogKeys.open(scratch.path().resolve("keys"), "weir.local/bench", new SecureRandom());
      long epoch = store.claimEpoch();
      var publisher = LogPublisher.open(directory, keys, store, CrashPoints.none(), epoch);
      var bench = new EvidenceBench(store, publisher, epoch);
      bench.publish(Entries.make(2 * BATCH)); // warm-up
      bench.throughput(settings.pick(4, 60), sheet);
      bench.steady(settings.pick(2, 15), sheet);
    }
  }

  private void throughput(int batches, Sheet sheet) throws IOException {
    var entries = Entries.make(batches * BATCH);
    long start = System.nanoTime();
    for (int i = 0; i < batches; i++) {
      publish(entries.subList(i * BATCH, (i + 1) * BATCH));
    }
    sheet.atLeast(
        "evidence leaves, durable and shown",
        entries.size() / Throughput.seconds(start),
        "leaves/s",
        LIMIT_PER_SECOND);
  }

  /** A leaf's wait is counted from when it was due, so a slow checkpoint delays all behind it. */
  private void steady(int seconds, Sheet sheet) throws IOException {
    var entries = Entries.make(seconds * OFFERED_PER_SECOND);
    var waits = new ArrayList<Long>(entries.size());
    long start = System.nanoTime();
    int taken = 0;
    while (taken < entries.size()) {
      long elapsed = System.nanoTime() - start;
      int due = (int) Math.min(entries.size(), elapsed / dueEvery() + 1);
      if (due == taken) {
        LockSupport.parkNanos(POLL_NANOS);
        continue;
      }
      publish(entries.subList(taken, due));
      long shown = System.nanoTime() - start;
      for (; taken < due; taken++) {
        waits.add(shown - taken * dueEvery());
      }
    }
    var timings = Timings.ofNanos(waits);
    sheet.atMost("leaf to checkpoint p50, 2,000/s", timings.medianMillis(), "ms", LIMIT_MILLIS);
    sheet.atMost("leaf to checkpoint p99, 2,000/s", timings.p99Millis(), "ms", LIMIT_MILLIS);
  }

  private static long dueEvery() {
    return TimeUnit.SECONDS.toNanos(1) / OFFERED_PER_SECOND;
  }

  private void publish(List<EvidenceEntry> entries) throws IOException {
    var leaves = entries.stream().map(decoder::decode).toList();
    sequenced += leaves.size();
    store.sequence(epoch, leaves, Map.of(0, sequenced));
    long shown = publisher.advance();
    if (shown != sequenced) {
      throw new IllegalStateException("the checkpoint does not cover what was sequenced");
    }
  }
}
