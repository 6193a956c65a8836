package dev.weir.query.sum;

import dev.weir.query.sum.InputChecks.Checked;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Checks messages on threads of its own, as many as there are cores, and adds them in the order in
 * which they came. What waits is held in memory, so whoever offers takes too. Confined to one
 * thread; closing it leaves the adder open.
 */
public final class AddingLine implements AutoCloseable {
  private final Adder adder;
  private final ExecutorService checking =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          Thread.ofPlatform().daemon().name("sum-check-", 0).factory());
  private final Deque<Future<Checked>> waiting = new ArrayDeque<>();

  public AddingLine(Adder adder) {
    this.adder = adder;
  }

  /**
   * @param belongs whether a task's messages stand where this one stood
   */
  public void offer(byte @Nullable [] message, Predicate<String> belongs) {
    var checks = adder.checks();
    waiting.add(checking.submit(() -> checks.check(message, belongs)));
  }

  /** What became of all that was offered but the newest {@code leaving}, in order. */
  public List<Adder.Taken> take(int leaving) {
    var taken = new ArrayList<Adder.Taken>();
    while (waiting.size() > leaving) {
      taken.add(adder.take(checked(waiting.remove())));
    }
    return taken;
  }

  private static Checked checked(Future<Checked> one) {
    try {
      return one.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a message could not be checked", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while checking", e);
    }
  }

  @Override
  public void close() {
    checking.shutdownNow();
  }
}
