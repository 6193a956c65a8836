package dev.weir.query.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.compliance.Control;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.he.lookup.LookupTerms.By;
import dev.weir.query.he.lookup.PostgresLockedTables;
import dev.weir.query.he.lookup.PostgresLookupKeys;
import dev.weir.query.he.lookup.RowRecords;
import dev.weir.query.he.lookup.TableLocking;
import dev.weir.query.rollup.EpochFixture;
import dev.weir.query.rollup.PostgresEpochStore;
import dev.weir.query.rollup.Trips;
import dev.weir.runtime.embedded.Waiting;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real server: what is over is in no row, what an auditor may still need is. */
class HeRetentionTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration PERIOD = Duration.ofDays(10);
  private static final String TABLE = "ab".repeat(16);

  @TempDir private static Path state;
  private static EpochFixture fixture;

  private final PostgresLockedTables tables = new PostgresLockedTables();
  private final PostgresLookupKeys keys = new PostgresLookupKeys(RANDOM);
  private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private Instant now = start;
  private ProductTerms product;
  private ContractId contract;
  private QuestionFixture questions;
  private PostgresHeTicketStore tickets;

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
    product = Trips.exact(fixture.lineage());
    contract = fixture.sign(product, 0);
    questions = new QuestionFixture(fixture, product, contract, TABLE, () -> now);
    tickets = questions.tickets;
  }

  @Test
  @Control("HEQ-04")
  void beforeThePeriod_everythingIsHandedToAuditors() throws Exception {
    lock(1);
    byte[] seed = seed(1);
    byte[] question = QuestionFixture.bytes();
    var id = questions.answered(questions.ticket(1), question);
    now = start.plus(PERIOD).minusSeconds(1);
    retention().round();
    assertThat(fixture.findIn(seed)).containsExactly("query.lookup_keys.seed");
    var desk = desk();
    assertThat(desk.question(id)).isEqualTo(question);
    assertThat(desk.reply(id)).isNotEmpty();
    assertThat(desk.keys(id)).isNotEmpty();
    assertThat(desk.tiles(id)).isNotEmpty();
  }

  /** Were the round left out, the first search below would still find the seed: it does before. */
  @Test
  @Control("HEQ-04")
  void afterTheContractsEnd_nothingOpensARecord_andAfterThePeriodDigestsAreLeft() throws Exception {
    lock(1);
    byte[] seed = seed(1);
    byte[] question = QuestionFixture.bytes();
    var id = questions.answered(questions.ticket(1), question);
    byte[] records = desk().tiles(id);
    fixture.stop(contract);
    assertThat(fixture.findIn(seed)).isNotEmpty();
    retention().round();
    assertThat(fixture.findIn(seed)).isEmpty();
    assertThat(desk().tiles(id)).isEqualTo(records);
    assertThat(desk().question(id)).isEqualTo(question);

    now = start.plus(PERIOD).plusSeconds(1);
    retention().round();
    for (byte[] gone : List.of(seed, question, records)) {
      assertThat(fixture.findIn(gone)).isEmpty();
    }
    assertErased(() -> desk().question(id));
    assertErased(() -> desk().reply(id));
    assertErased(() -> desk().keys(id));
    assertErased(() -> desk().tiles(id));
    assertThat(desk().kept(id).id()).isEqualTo(id);
    String digest = service("sha256", handle -> tickets.questionSha256(handle, id));
    assertThat(digest).hasSize(64);
    assertErased(() -> lock(1));
    assertErased(() -> service("key", handle -> keys.of(handle, contract, TABLE, 1)));
  }

  /** Another worker begins its share while the question fails: none of what they hold is left. */
  @Test
  void shareThatIsBegunWhileItsQuestionEnds_isNotLeftBehind() throws Exception {
    lock(1);
    var id = questions.asked(questions.ticket(1), QuestionFixture.bytes());
    var shares = new PostgresTileShares();
    var first = service("one", handle -> shares.begin(handle, id, 0));
    assertThat(first).isEqualTo(PostgresTileShares.Begun.NOW);
    var failing = new AtomicReference<CompletableFuture<Boolean>>();
    service(
        "another",
        handle -> {
          shares.begin(handle, id, 1);
          failing.set(CompletableFuture.supplyAsync(() -> failed(id)));
          return waits(handle);
        });
    assertThat(failing.get().join()).isTrue();
    long left =
        service(
            "left",
            handle ->
                handle
                    .createQuery("select count(*) from query.he_shares where ticket_id = :id")
                    .bind("id", id)
                    .mapTo(Long.class)
                    .one());
    assertThat(left).isZero();
    var late = service("late", handle -> shares.begin(handle, id, 1));
    assertThat(late).isEqualTo(PostgresTileShares.Begun.TOO_LATE);
  }

  private boolean failed(UUID id) {
    return service("end", handle -> tickets.fail(handle, id, "worker-ended", LeafId.random(), now));
  }

  /** Until somebody else waits for a lock. */
  private static boolean waits(Handle handle) {
    return Waiting.until(
        Duration.ofSeconds(30),
        () ->
            handle
                    .createQuery("select count(*) from pg_locks where not granted")
                    .mapTo(Long.class)
                    .one()
                > 0);
  }

  @Test
  void endOfTheTerm_erasesTheKey() throws Exception {
    lock(1);
    byte[] seed = seed(1);
    now = start.plus(Duration.ofDays(29));
    retention().round();
    assertThat(fixture.findIn(seed)).isNotEmpty();
    now = start.plus(Duration.ofDays(31));
    retention().round();
    assertThat(fixture.findIn(seed)).isEmpty();
  }

  @Test
  void newerVersion_erasesTheKeyOfTheOlder_onceItsTicketsAreOver() throws Exception {
    lock(1);
    byte[] older = seed(1);
    questions.ticket(1);
    lock(2);
    byte[] newer = seed(2);
    retention().round();
    assertThat(fixture.findIn(older)).isNotEmpty();
    now = start.plusSeconds(601);
    retention().round();
    assertThat(fixture.findIn(older)).isEmpty();
    assertThat(fixture.findIn(newer)).isNotEmpty();
  }

  /** What only began is undone by the database, and what was done is not done twice. */
  @Test
  void endBetweenTheSteps_isMadeGoodByTheNextRound() throws Exception {
    lock(1);
    byte[] seed = seed(1);
    byte[] question = QuestionFixture.bytes();
    var id = questions.answered(questions.ticket(1), question);
    fixture.stop(contract);
    now = start.plus(PERIOD).plusSeconds(1);
    var rows = new PostgresHeRetention();
    assertThatThrownBy(() ->
            service(
                "crash",
                handle -> {
                  rows.openable(handle, now).forEach(table -> rows.eraseKey(handle, table, now));
                  rows.eraseQuestions(handle, now);
                  throw new IllegalStateException("killed");
                }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(fixture.findIn(seed)).isNotEmpty();
    assertThat(desk().question(id)).isEqualTo(question);
    retention().round();
    assertThat(fixture.findIn(seed)).isEmpty();
    assertThat(fixture.findIn(question)).isEmpty();
    now = now.plus(PERIOD);
    retention().round();
    assertErased(() -> desk().tiles(id));
    assertThat(retention().round().any()).isFalse();
  }

  @Test
  void failedQuestion_isErasedAtOnce_andOneWithoutAnAnswerEndsWithItsPeriod() throws Exception {
    byte[] failed = QuestionFixture.bytes();
    var one = questions.asked(questions.ticket(1), failed);
    service("fail", handle -> tickets.fail(handle, one, "evaluation", LeafId.random(), now));
    byte[] waiting = QuestionFixture.bytes();
    var other = questions.asked(questions.ticket(1), waiting);
    retention().round();
    assertThat(fixture.findIn(failed)).isEmpty();
    assertThat(fixture.findIn(waiting)).isNotEmpty();
    now = start.plus(PERIOD).plusSeconds(1);
    retention().round();
    assertThat(fixture.findIn(waiting)).isEmpty();
    var ended = service("find", handle -> tickets.find(handle, other)).orElseThrow();
    assertThat(ended.problem()).contains("unanswered");
  }

  @Test
  void switchingKeys_goWithTheLastQuestionThatNamesThem() throws Exception {
    byte[] content = QuestionFixture.bytes();
    service(
        "keys",
        handle -> {
          questions.switching.add(handle, Trips.BUILDER, questions.keysSha256, content, start);
          return true;
        });
    questions.answered(questions.ticket(1), QuestionFixture.bytes());
    now = start.plus(PERIOD).minusSeconds(1);
    retention().round();
    assertThat(fixture.findIn(content)).isNotEmpty();
    now = start.plus(PERIOD).plusSeconds(1);
    retention().round();
    assertThat(fixture.findIn(content)).isEmpty();
  }

  private HeRetention retention() {
    return new HeRetention(
        fixture.database,
        fixture,
        resource -> Optional.empty(),
        tickets,
        new HeEvidence(fixture.evidence()),
        () -> now,
        PERIOD);
  }

  private HeReplayDesk desk() {
    return new HeReplayDesk(
        fixture.database, new PostgresEpochStore(), tickets, tables, questions.switching);
  }

  private void lock(long version) {
    var rows = List.of(List.of(Optional.of("one")), List.of(Optional.of("two")));
    new TableLocking(fixture.database, keys, tables, RANDOM, Runnable::run)
        .table(contract, TABLE, version, () -> RowRecords.of(By.INDEX, List.of("word"), rows));
  }

  private byte[] seed(long version) {
    return service(
        "seed",
        handle ->
            handle
                .createQuery(
                    """
                    select seed from query.lookup_keys
                    where contract_id = :contract and data_version = :version
                    """)
                .bind("contract", contract.value())
                .bind("version", version)
                .mapTo(byte[].class)
                .one());
  }

  private static void assertErased(ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.ERASED));
  }

  private static <T> T service(String name, dev.weir.runtime.sql.Database.Work<T> work) {
    return fixture.database.asService(name, work);
  }
}
