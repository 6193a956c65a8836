package dev.weir.audit.log;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A log in a directory, without Kafka or a database. */
public final class TestLog {
  public static final String ORIGIN = "weir.example/log";

  private final LogDirectory directory;
  private final LogKeys keys;
  private final InMemoryLeafStore store = new InMemoryLeafStore();
  private int next;

  public TestLog(Path root) throws IOException {
    this.directory = new LogDirectory(root.resolve("log"));
    this.keys = LogKeys.open(root.resolve("keys"), ORIGIN, new SecureRandom());
  }

  public LogDirectory directory() {
    return directory;
  }

  public LogKeys keys() {
    return keys;
  }

  InMemoryLeafStore store() {
    return store;
  }

  /** Sequences further leaves without publishing them. */
  public void sequence(int count) {
    var leaves = IntStream.range(next, next + count).mapToObj(Leaves::number).toList();
    next += count;
    store.sequence(store.claimEpoch(), leaves, Map.of(0, (long) next));
  }

  LogPublisher open(CrashPoints crashes) {
    return LogPublisher.open(directory, keys, store, crashes, store.claimEpoch());
  }

  /** Sequences and publishes the given leaves. */
  public long grow(List<Leaf> leaves) throws IOException {
    next += leaves.size();
    store.sequence(store.claimEpoch(), leaves, Map.of(0, (long) next));
    return open(CrashPoints.none()).advance();
  }

  /** Sequences and publishes in one go. */
  public long grow(int count) throws IOException {
    sequence(count);
    return open(CrashPoints.none()).advance();
  }
}
