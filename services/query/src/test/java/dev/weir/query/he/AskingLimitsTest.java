package dev.weir.query.he;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.compliance.Control;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.query.rollup.EpochFixture;
import dev.weir.query.rollup.Trips;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real server: limits hold for those who ask at once. */
class AskingLimitsTest {
  @TempDir private static Path state;
  private static EpochFixture fixture;

  private QuestionFixture questions;

  @BeforeAll
  static void open() throws Exception {
    fixture = new EpochFixture(state);
  }

  @AfterAll
  static void close() throws Exception {
    fixture.close();
  }

  @BeforeEach
  void sign() {
    var product = Trips.exact(fixture.lineage());
    questions =
        new QuestionFixture(
            fixture, product, fixture.sign(product, 0), "ab".repeat(16), InstantSource.system());
  }

  /** Twelve at once, three of which are under the cap. */
  @Test
  void storedBytes_areCapped_alsoForThoseWhoAskAtOnce() {
    long before =
        fixture.database.asService(
            "stored", handle -> questions.tickets.storedBytes(handle, Trips.BUILDER));
    var limits = new AskingLimits(questions.tickets, before + 3 * 64, 1_000);
    var open = IntStream.range(0, 12).mapToObj(i -> questions.ticket(1)).toList();
    var asking =
        open.stream()
            .map(id -> CompletableFuture.supplyAsync(() -> within(limits, id, "ef".repeat(32))))
            .toList();
    long taken = asking.stream().filter(AskingLimitsTest::succeeds).count();
    assertThat(taken).isEqualTo(3);
    long stored =
        fixture.database.asService(
            "stored", handle -> questions.tickets.storedBytes(handle, Trips.BUILDER));
    assertThat(stored).isEqualTo(before + 3 * 64);
  }

  /** Twelve at once with one key, each of which calls it otherwise. */
  @Test
  @Control("HEQ-01")
  void questionsOfAKey_areCounted_whateverItIsCalled_alsoForThoseWhoAskAtOnce() {
    var limits = new AskingLimits(questions.tickets, Long.MAX_VALUE, 3);
    var open = IntStream.range(0, 12).mapToObj(i -> questions.ticket(1)).toList();
    var asking =
        open.stream()
            .map(id ->
                CompletableFuture.supplyAsync(
                    () -> within(limits, id, id.toString().replace("-", "").repeat(2))))
            .toList();
    assertThat(asking.stream().filter(AskingLimitsTest::succeeds)).hasSize(3);
  }

  private boolean within(AskingLimits limits, UUID id, String keyId) {
    byte[] question = QuestionFixture.bytes();
    return fixture.database.asService(
        "ask",
        handle -> {
          limits.check(
              handle, Trips.BUILDER, keyId, Optional.of(questions.keysSha256), question.length);
          return questions.tickets.ask(
              handle,
              id,
              keyId,
              "12".repeat(32),
              question,
              Optional.of(questions.keysSha256),
              Instant.now());
        });
  }

  private static boolean succeeds(CompletableFuture<Boolean> asking) {
    try {
      return asking.join();
    } catch (CompletionException e) {
      assertThat(e.getCause())
          .isInstanceOfSatisfying(
              ProblemException.class,
              problem -> assertThat(problem.type()).isEqualTo(ProblemType.QUOTA_EXHAUSTED));
      return false;
    }
  }
}
