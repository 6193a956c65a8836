package dev.weir.runtime.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Lets works that want the same row share a transaction. Each alone would hold the row's lock while
 * the disk confirms its commit, and the next could only begin then; instead those that came
 * meanwhile run one after the other in one transaction and are confirmed together. Nobody gets a
 * result before it is durable. Thread-safe.
 */
final class SharedCommit {
  /** Bounds how long a transaction, and with it the row's lock, can last. */
  private static final int MOST = 32;

  private final Map<Object, Line> lines = new ConcurrentHashMap<>();

  /**
   * @param key names what the works compete for
   * @param transaction runs a work in a transaction of its own and returns once that is durable
   */
  <T extends @Nullable Object> T run(
      Object key, Database.Work<T> work, Consumer<Database.Work<?>> transaction) {
    var mine = new Waiting<T>(work);
    var line = lines.compute(key, (same, present) -> Line.join(present));
    line.queue.add(mine);
    line.turn.lock();
    try {
      while (!mine.over) {
        serve(line.next(), transaction);
      }
    } finally {
      line.turn.unlock();
      lines.computeIfPresent(key, (same, present) -> present.leave());
    }
    return mine.result();
  }

  /**
   * When one work fails nothing is kept, and each runs again in a transaction of its own: who
   * shared with it does not suffer for it.
   */
  private static void serve(List<Waiting<?>> batch, Consumer<Database.Work<?>> transaction) {
    try {
      transaction.accept(handle -> {
        for (Waiting<?> waiting : batch) {
          waiting.attempt(handle);
        }
        return batch.size();
      });
      batch.forEach(waiting -> waiting.over = true);
    } catch (RuntimeException e) {
      if (batch.size() == 1) {
        batch.getFirst().fail(e);
      } else {
        batch.forEach(waiting -> serve(List.of(waiting), transaction));
      }
    }
  }

  /** Those who want the same thing; whoever has the turn serves all who wait, itself among them. */
  private static final class Line {
    private final ReentrantLock turn = new ReentrantLock();
    private final Queue<Waiting<?>> queue = new ConcurrentLinkedQueue<>();
    private int members; // changed by the map, one at a time for each key

    static Line join(@Nullable Line present) {
      var line = present == null ? new Line() : present;
      line.members++;
      return line;
    }

    @Nullable Line leave() {
      members--;
      return members == 0 ? null : this;
    }

    List<Waiting<?>> next() {
      var batch = new ArrayList<Waiting<?>>();
      while (batch.size() < MOST) {
        var first = queue.poll();
        if (first == null) {
          break;
        }
        batch.add(first);
      }
      return batch;
    }
  }

  /** A work and what became of it; only who has the turn changes it. */
  private static final class Waiting<T extends @Nullable Object> {
    private final Database.Work<T> work;
    private @Nullable T value;
    private @Nullable RuntimeException failure;
    private boolean over;

    Waiting(Database.Work<T> work) {
      this.work = work;
    }

    void attempt(Handle handle) throws Exception {
      value = work.run(handle);
    }

    void fail(RuntimeException cause) {
      failure = cause;
      over = true;
    }

    @SuppressWarnings("NullAway") // null only when the work itself returned it
    T result() {
      if (failure != null) {
        throw failure;
      }
      return value;
    }
  }
}
