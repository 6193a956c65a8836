package dev.weir.query.he.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.compliance.Control;
import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.query.CellLayout;
import dev.weir.he.query.SumQuestion;
import dev.weir.query.he.evaluator.EvaluatorPair.Starts;
import dev.weir.runtime.embedded.ProcessMark;
import dev.weir.runtime.embedded.Waiting;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real children that are killed again and again, stopped before they are ready, or end at once:
 * whoever stands by takes over, and nobody waits for one that hangs.
 */
class EvaluatorPairTest {
  private static final String NAME = "he-worker-1";
  private static final CellLayout LAYOUT = new CellLayout(HeParameters.CELLS_4096, 1, 1, 12);
  private static final Evaluator.Limits LIMITS = new Evaluator.Limits(16, Duration.ofMinutes(2));
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration NEVER = Duration.ofHours(1);

  @TempDir private Path directory;
  private final List<Long> started = new CopyOnWriteArrayList<>();
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private final List<Evaluator> opened = new ArrayList<>();

  /** What the children are, in the order of their starts; those that follow are sound. */
  private final List<Child> children = Collections.synchronizedList(new ArrayList<>());

  private enum Child {
    SOUND(List.of()),
    /** Stops before it is even a JVM, as one does that waits for a disk or for memory. */
    HANGS(List.of("/bin/sh", "-c", "kill -STOP $$; exec \"$@\"", "sh")),
    ENDS(List.of("/bin/sh", "-c", "exit 3", "sh"));

    private final List<String> before;

    Child(List<String> before) {
      this.before = before;
    }
  }

  @AfterEach
  void everyChildHasEnded() {
    opened.forEach(Evaluator::close);
    assertThat(started).isNotEmpty().noneMatch(EvaluatorPairTest::runs);
  }

  @Test
  @Control("HEQ-02")
  void child_thatIsKilledAgainAndAgain_isFollowedByTheSpare_andNothingPauses() throws Exception {
    var evaluator = evaluator(NEVER);
    var followed = new ArrayList<Long>();
    for (int kills = 0; kills < 5; kills++) {
      assertThat(Waiting.until(PATIENCE, () -> evaluator.ready() == 2 && evaluator.alive()))
          .isTrue();
      long current = current();
      var before = Set.copyOf(started);
      // when
      kill(current);
      assertThat(Waiting.until(PATIENCE, () -> current() != current)).isTrue();
      // then
      assertThat(answered(evaluator)).isTrue();
      assertThat(before).as("it had been there before").contains(current());
      followed.add(current());
    }
    assertThat(followed).doesNotHaveDuplicates();
    // and when each is killed as soon as it takes questions: a short life is no reason to wait
    for (int kills = 0; kills < 3; kills++) {
      long current = current();
      kill(current);
      assertThat(Waiting.until(PATIENCE, () -> current() != current)).isTrue();
    }
    assertThat(answered(evaluator)).isTrue();
    assertThat(pauses).isEmpty();
  }

  /** Nobody waits until the one that hangs is given up, which here is never. */
  @Test
  @Control("HEQ-02")
  void childThatHangsWhileItStarts_holdsNobodyUp_andCloseEndsItToo() throws Exception {
    // given one child that takes questions, and one that never will
    children.addAll(List.of(Child.SOUND, Child.HANGS));
    var evaluator = evaluator(NEVER);
    assertThat(Waiting.until(PATIENCE, () -> started.size() == 2 && evaluator.alive())).isTrue();
    long first = current();
    // when
    kill(first);
    assertThat(Waiting.until(PATIENCE, () -> current() != first)).isTrue();
    // then
    assertThat(answered(evaluator)).isTrue();
    assertThat(runs(started.get(1))).as("the other still hangs").isTrue();
    assertThat(pauses).isEmpty();
    // when
    evaluator.close();
    // then
    assertThat(started).hasSize(3).noneMatch(EvaluatorPairTest::runs);
  }

  @Test
  @Control("HEQ-02")
  void childThatDoesNothingBeforeItIsReady_isEnded_andAnotherComesUp() {
    children.addAll(List.of(Child.HANGS));
    var evaluator = evaluator(Duration.ofSeconds(1));
    assertThat(answered(evaluator)).isTrue();
    assertThat(Waiting.until(PATIENCE, () -> evaluator.ready() == 2)).isTrue();
    assertThat(runs(started.getFirst())).isFalse();
    assertThat(pauses).isNotEmpty();
  }

  @Test
  void childrenThatAreNeverReady_areFollowedAfterAShortPause_untilOneIs() {
    children.addAll(Collections.nCopies(20, Child.ENDS));
    var evaluator = evaluator(NEVER);
    assertThat(answered(evaluator)).isTrue();
    assertThat(Waiting.until(PATIENCE, () -> pauses.size() >= 20)).isTrue();
    assertThat(pauses)
        .hasSize(20)
        .allMatch(pause -> pause.compareTo(EvaluatorPair.LONGEST_PAUSE) <= 0)
        .contains(EvaluatorPair.LONGEST_PAUSE);
    assertThat(EvaluatorPair.LONGEST_PAUSE).isLessThanOrEqualTo(Duration.ofSeconds(2));
  }

  /** Pauses are noted and not made. */
  private Evaluator evaluator(Duration idle) {
    var evaluator =
        new Evaluator(NAME, directory, LIMITS, new Starts(this::child, idle, pauses::add));
    opened.add(evaluator);
    evaluator.start();
    return evaluator;
  }

  private EvaluatorProcess child() {
    synchronized (children) {
      var next = children.isEmpty() ? Child.SOUND : children.removeFirst();
      var command = new ArrayList<>(next.before);
      command.addAll(EvaluatorProcess.command(directory, LIMITS.cellMegabytes()));
      var child = EvaluatorProcess.start(directory, command, directory.resolve(NAME + ".log"));
      started.add(child.handle().pid());
      return child;
    }
  }

  private long current() {
    return ProcessMark.read(Evaluator.mark(directory, NAME)).orElseThrow().pid();
  }

  private static boolean runs(long pid) {
    return ProcessHandle.of(pid).filter(ProcessMark::runs).isPresent();
  }

  private static void kill(long pid) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-KILL", Long.toString(pid)).start();
    assertThat(kill.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  private static boolean answered(Evaluator evaluator) {
    var random = new SecureRandom();
    try (var context = HeContext.open(HeParameters.CELLS_4096, random);
        var secret = context.generateSecretKey()) {
      var asker = new SumQuestion(context, LAYOUT);
      var evaluated =
          evaluator.sums(
              new Cells("c/r", "r1", LAYOUT),
              List.of(asker.ask(secret, key -> 2)),
              () -> measure -> LongBuffer.wrap(new long[] {21}));
      return asker
          .sums(secret, evaluated.getFirst().reply())
          .equals(List.of(BigInteger.valueOf(42)));
    }
  }
}
