package dev.weir.runtime.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * With transactions that a counter stands for; the real ones are in {@code ParallelSpendersTest}.
 */
class SharedCommitTest {
  private final SharedCommit shared = new SharedCommit();
  private final AtomicInteger commits = new AtomicInteger();
  private final CountDownLatch firstIsRunning = new CountDownLatch(1);
  private final CountDownLatch firstMayEnd = new CountDownLatch(1);

  @Test
  void works_thatCameWhileAnotherCommits_shareOneCommit() throws Exception {
    var answers = whileTheFirstRuns(9, number -> number);
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).get(5, TimeUnit.SECONDS)).isEqualTo(i);
    }
    assertThat(commits).hasValue(2);
  }

  @Test
  void aFailingWork_failsAloneAndTheOthersAreKept() throws Exception {
    var answers =
        whileTheFirstRuns(
            5,
            number -> {
              if (number == 3) {
                throw new IllegalArgumentException("three");
              }
              return number;
            });
    assertThatThrownBy(() -> answers.get(3).get(5, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IllegalArgumentException.class);
    for (int i : List.of(0, 1, 2, 4)) {
      assertThat(answers.get(i).get(5, TimeUnit.SECONDS)).isEqualTo(i);
    }
    assertThat(commits).hasValue(1 + 4);
  }

  @Test
  void works_underDifferentKeys_doNotWaitForEachOther() {
    int answer = shared.run("a", outer -> shared.run("b", inner -> 7, this::commit), this::commit);
    assertThat(answer).isEqualTo(7);
  }

  private List<Future<Integer>> whileTheFirstRuns(int works, Numbered work) throws Exception {
    var threads = Executors.newCachedThreadPool();
    var first =
        threads.submit(() ->
            shared.run(
                "key",
                handle -> {
                  firstIsRunning.countDown();
                  return firstMayEnd.await(10, TimeUnit.SECONDS);
                },
                this::commit));
    firstIsRunning.await(10, TimeUnit.SECONDS);
    var answers = new ArrayList<Future<Integer>>();
    var entered = new ArrayList<Thread>();
    for (int i = 0; i < works; i++) {
      int number = i;
      answers.add(
          threads.submit(() -> {
            synchronized (entered) {
              entered.add(Thread.currentThread());
            }
            return shared.run("key", handle -> work.run(number), this::commit);
          }));
    }
    while (!allWait(entered, works)) {
      Thread.onSpinWait();
    }
    firstMayEnd.countDown();
    first.get(10, TimeUnit.SECONDS);
    threads.shutdown();
    return answers;
  }

  private static boolean allWait(List<Thread> entered, int works) {
    synchronized (entered) {
      return entered.size() == works
          && entered.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING);
    }
  }

  /** As a transaction does: the commit counts only when nothing failed. */
  @SuppressWarnings("NullAway") // the works of this test use no handle
  private void commit(Database.Work<?> work) {
    try {
      work.run(null);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    commits.incrementAndGet();
  }

  /** A work that is told its number. */
  private interface Numbered {
    int run(int number);
  }
}
