// Longer than 400 lines: its cases share one ledger with its contracts and lineages on a real
// server.
package dev.weir.runtime.ledger;

import static dev.weir.runtime.ledger.LedgerFixture.CONSUMER;
import static dev.weir.runtime.ledger.LedgerFixture.PRICE;
import static dev.weir.runtime.ledger.LedgerFixture.PROVIDER;
import static dev.weir.runtime.ledger.LedgerFixture.STRANGER;
import static dev.weir.runtime.ledger.LedgerFixture.caller;
import static dev.weir.runtime.ledger.LedgerFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.QueryId;
import dev.weir.kernel.Role;
import dev.weir.policy.contract.Allotment;
import dev.weir.policy.contract.Price;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What one ledger promises, on one database; longer than 400 lines because every promise shares its
 * fixture.
 */
class PostgresLedgerTest {
  private static final AtomicReference<Instant> NOW =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private static LedgerFixture ledger;

  @BeforeAll
  static void start() {
    ledger = new LedgerFixture("ledger_test", 4, NOW::get);
  }

  @AfterAll
  static void stop() throws Exception {
    ledger.close();
  }

  @AfterEach
  void invariantsHold() {
    assertThat(ledger.violations()).isEmpty();
  }

  @Test
  void spend_withinTheAllotment_isChargedOnceAndStored() {
    // given
    var lineage = ledger.lineage(1_000);
    var contract = ledger.contract(lineage, 500);
    var request = request(contract, "q1", new Charge(lineage, 200, 3));
    // when
    var spend = ledger.spend(request);
    // then
    assertThat(spend).isInstanceOf(Spend.Spent.class);
    var view = allotment(contract, lineage);
    assertThat(view.remainingNanoRho()).isEqualTo(300);
    assertThat(view.remainingPicoDelta()).isEqualTo(497);
    assertThat(stored(request)).map(StoredAnswer::answer).contains(request.answer());
  }

  @Test
  void whatWasSpent_isNotTakenBackByTheServiceThatMaySpend() {
    // given
    var lineage = ledger.lineage(1_000);
    var contract = ledger.contract(lineage, 500);
    ledger.spend(request(contract, "kept", new Charge(lineage, 200, 3)));
    // then
    for (String undoing :
        List.of(
            "update ledger.allotments set spent_nano_rho = 0",
            "update ledger.allotments set spent_pico_delta = spent_pico_delta - 1",
            "update ledger.accounts set calls = 0",
            "update ledger.accounts set charged_fen = charged_fen - 1")) {
      for (var service : List.of(ledger.space, ledger.query)) {
        assertThatThrownBy(() ->
                service.asService(
                    "undo",
                    handle -> handle.execute(undoing + " where contract_id = ?", contract.value())))
            .hasStackTraceContaining("stays");
      }
    }
    ledger.server.migrate("grant update, delete on ledger.answers, ledger.entries to weir_space");
    for (String undoing :
        List.of("update ledger.answers set answer = ''", "delete from ledger.entries")) {
      assertThatThrownBy(() -> ledger.space.asService("undo", handle -> handle.execute(undoing)))
          .as("even with the right to do it")
          .hasStackTraceContaining("what was written to the ledger stays");
    }
    ledger.server.migrate(
        "revoke update, delete on ledger.answers, ledger.entries from weir_space");
  }

  @Test
  void spend_repeatedThreeTimes_isChargedOnceAndAnswersTheFirst() {
    // given
    var lineage = ledger.lineage(1_000);
    var contract = ledger.contract(lineage, 500);
    var request = request(contract, "q", new Charge(lineage, 200, 0));
    ledger.spend(request);
    // when
    var again = List.of(ledger.spend(request), ledger.spend(request), ledger.spend(request));
    // then
    assertThat(again).allMatch(spend -> spend instanceof Spend.Replayed);
    assertThat(allotment(contract, lineage).spentNanoRho()).isEqualTo(200);
    assertThat(readings(contract)).hasSize(1);
  }

  @Test
  void spend_ofTheSameQueryUnderAnotherRequest_returnsTheStoredAnswer() {
    // given
    var lineage = ledger.lineage(1_000);
    var contract = ledger.contract(lineage, 500);
    var first = request(contract, "same", new Charge(lineage, 200, 0));
    ledger.spend(first);
    // when
    var second = ledger.spend(request(contract, "same", new Charge(lineage, 200, 0)));
    // then
    assertThat(second)
        .isInstanceOfSatisfying(
            Spend.Replayed.class,
            replay -> assertThat(replay.answer().requestId()).isEqualTo(first.requestId()));
  }

  @Test
  void spend_ofAnotherQueryUnderTheSameRequest_isAConflict() {
    // given
    var lineage = ledger.lineage(1_000);
    var contract = ledger.contract(lineage, 500);
    var id = QueryId.random();
    ledger.spend(request(contract, id, "one", List.of(), new Charge(lineage, 1, 0)));
    // when / then
    assertProblem(
        ProblemType.CONFLICT,
        () -> ledger.spend(request(contract, id, "two", List.of(), new Charge(lineage, 1, 0))));
  }

  @Test
  void spend_overTheAllotment_isExhaustedAndChargesNeitherLineage() {
    // given
    var rich = ledger.lineage(1_000);
    var poor = ledger.lineage(1_000);
    var contract = ledger.contract(PRICE, new Allotment(rich, 500, 0), new Allotment(poor, 10, 0));
    // when
    var spend =
        ledger.spend(request(contract, "join", new Charge(rich, 100, 0), new Charge(poor, 11, 0)));
    // then
    assertThat(spend).isEqualTo(new Spend.Exhausted(poor, 10, 0));
    assertThat(allotment(contract, rich).spentNanoRho()).isZero();
    assertThat(readings(contract)).isEmpty();
  }

  @Test
  void spend_whenTheTransactionFailsAfterwards_leavesNothing() {
    // given
    var lineage = ledger.lineage(1_000);
    var contract = ledger.contract(lineage, 500);
    var request = request(contract, "crash", new Charge(lineage, 200, 0));
    // when
    assertThatThrownBy(() ->
            ledger.query.asService(
                "crash",
                handle -> {
                  ledger.spender.spend(handle, request);
                  throw new IllegalStateException("killed before commit");
                }))
        .isInstanceOf(IllegalStateException.class);
    // then
    assertThat(allotment(contract, lineage).spentNanoRho()).isZero();
    assertThat(stored(request)).isEmpty();
    assertThat(ledger.spend(request)).isInstanceOf(Spend.Spent.class);
  }

  @Test
  void spend_overAQuota_isRefusedAndARepeatIsNoCall() {
    // given
    var lineage = ledger.lineage(1_000);
    var contract = ledger.contract(lineage, 500);
    List<CallLimit> limits = List.of(new CallLimit.InAll("calls", 2));
    var first = request(contract, QueryId.random(), "a", limits, new Charge(lineage, 1, 0));
    ledger.spend(first);
    ledger.spend(first);
    ledger.spend(request(contract, QueryId.random(), "b", limits, new Charge(lineage, 1, 0)));
    // when
    var third =
        ledger.spend(request(contract, QueryId.random(), "c", limits, new Charge(lineage, 1, 0)));
    // then
    assertThat(third).isEqualTo(new Spend.QuotaExhausted("calls", 2, Optional.empty()));
  }

  @Test
  void spend_overAFrequency_isAllowedAgainWhenTheWindowHasMoved() {
    // given
    var lineage = ledger.lineage(1_000);
    var contract = ledger.contract(lineage, 500);
    List<CallLimit> limits = List.of(new CallLimit.Within("hourly", 2, Duration.ofHours(1)));
    var start = NOW.get();
    ledger.spend(request(contract, QueryId.random(), "a", limits, new Charge(lineage, 1, 0)));
    NOW.set(start.plus(Duration.ofMinutes(30)));
    ledger.spend(request(contract, QueryId.random(), "b", limits, new Charge(lineage, 1, 0)));
    var third = request(contract, QueryId.random(), "c", limits, new Charge(lineage, 1, 0));
    // when
    var early = ledger.spend(third);
    NOW.set(start.plus(Duration.ofHours(1)));
    var later = ledger.spend(third);
    // then
    assertThat(early)
        .isEqualTo(
            new Spend.QuotaExhausted("hourly", 2, Optional.of(start.plus(Duration.ofHours(1)))));
    assertThat(later).isInstanceOf(Spend.Spent.class);
  }

  @Test
  void giveBack_returnsWhatIsUnspentAndClosesTheAccount() {
    // given
    var lineage = ledger.lineage(1_000);
    var contract = ledger.contract(lineage, 500);
    ledger.spend(request(contract, "q", new Charge(lineage, 200, 0)));
    // when
    inSpace(handle -> ledger.carver.giveBack(handle, contract));
    inSpace(handle -> ledger.carver.giveBack(handle, contract));
    // then
    var view = ledger.space.asService("view", h -> ledger.carver.lineage(h, lineage));
    assertThat(view.carvedNanoRho()).isEqualTo(200);
    assertThat(view.spentNanoRho()).isEqualTo(200);
    assertThat(ledger.spend(request(contract, "exact"))).isEqualTo(new Spend.Closed());
  }

  @Test
  void carve_overTheCap_isRefusedWhole() {
    // given
    var small = ledger.lineage(100);
    var large = ledger.lineage(1_000);
    // when / then
    assertProblem(
        ProblemType.BUDGET_EXHAUSTED,
        () -> ledger.contract(PRICE, new Allotment(large, 1_000, 0), new Allotment(small, 101, 0)));
    assertThat(ledger.contract(large, 1_000)).isNotNull();
  }

  @Test
  void raiseCap_takesTwoPersonsAndTheCapThatWasSeen() {
    // given
    var lineage = ledger.lineage(100);
    // when / then
    assertProblem(
        ProblemType.SAME_HANDS, () -> new CapRaise(100, 200, 100, 100, "officer", "officer"));
    var raise = new CapRaise(100, 200, 100, 200, "officer", "approver");
    inSpace(handle -> ledger.carver.raiseCap(handle, lineage, raise));
    assertProblem(
        ProblemType.CONFLICT,
        () -> inSpace(handle -> ledger.carver.raiseCap(handle, lineage, raise)));
    assertThat(ledger.contract(lineage, 200)).isNotNull();
  }

  @Test
  void consumer_seesItsOwnAllotmentAndNothingElse() {
    // given
    var lineage = ledger.lineage(1_000);
    var contract = ledger.contract(lineage, 500);
    ledger.spend(request(contract, "seen", new Charge(lineage, 5, 0)));
    var consumer = caller(CONSUMER, Role.CONSUMER);
    // when
    var own =
        ledger.query.inTransaction(
            consumer, "own", h -> ledger.spender.allotment(h, contract, lineage));
    // then
    assertThat(own.spentNanoRho()).isEqualTo(5);
    assertProblem(
        ProblemType.NOT_FOUND,
        () ->
            ledger.query.inTransaction(
                consumer, "lineage", h -> ledger.spender.lineage(h, lineage)));
    assertProblem(
        ProblemType.NOT_FOUND,
        () ->
            ledger.query.inTransaction(
                caller(STRANGER, Role.CONSUMER),
                "stranger",
                h -> ledger.spender.allotment(h, contract, lineage)));
  }

  @Test
  void answers_areVisibleToTheConsumerAloneAndBudgetsToTheProviderToo() {
    // given
    var lineage = ledger.lineage(1_000);
    var contract = ledger.contract(lineage, 500);
    var request = request(contract, "visible", new Charge(lineage, 5, 0));
    ledger.spend(request);
    // when
    var byProvider = countsSeenBy(PROVIDER, contract);
    var byConsumer = countsSeenBy(CONSUMER, contract);
    var byStranger = countsSeenBy(STRANGER, contract);
    // then
    assertThat(byProvider).isEqualTo("answers 0 entries 1");
    assertThat(byConsumer).isEqualTo("answers 1 entries 1");
    assertThat(byStranger).isEqualTo("answers 0 entries 0");
  }

  @Test
  void released_listsCohortsOfThePartyInEveryContract() {
    // given
    var lineage = ledger.lineage(1_000);
    var first = exact(ledger.contract(lineage, 0), lineage, "ORD", 60);
    var second = exact(ledger.contract(lineage, 0), lineage, "DFW", 70);
    ledger.spend(first);
    ledger.spend(second);
    // when
    var released =
        ledger.query.asService("released", h -> ledger.spender.released(h, CONSUMER, lineage));
    // then
    assertThat(released).extracting(ReleasedCohort::descriptor).containsExactly("ORD", "DFW");
    assertThat(released).extracting(ReleasedCohort::records).containsExactly(60L, 70L);
  }

  @Test
  void bill_countsFreeCallsRoundsUpAndStopsAtTheCeiling() {
    // given
    var lineage = ledger.lineage(10_000_000_000L);
    var price = new Price(100, 7, 1, 250);
    var contract = ledger.contract(price, new Allotment(lineage, 5_000_000_000L, 0));
    // when
    for (int call = 0; call < 4; call++) {
      ledger.spend(request(contract, "call " + call, new Charge(lineage, 100_000_001, 0)));
    }
    // then
    assertThat(readings(contract))
        .extracting(MeterReading::chargedFen)
        .containsExactly(0L, 101L, 101L, 48L);
  }

  @Test
  void correction_isAnEntryAndKeepsTheBillWithinItsBounds() {
    // given
    var lineage = ledger.lineage(1_000_000_000L);
    var contract = ledger.contract(new Price(100, 0, 0, 1_000), new Allotment(lineage, 100, 0));
    var request = request(contract, "billed", new Charge(lineage, 1, 0));
    ledger.spend(request);
    // when
    ledger.query.asService(
        "correct", h -> ledger.spender.correct(h, correction(contract, request.requestId(), -40)));
    // then
    assertThat(readings(contract)).extracting(MeterReading::chargedFen).containsExactly(100L, -40L);
    assertThat(leavesOf("METER_CORRECT", request.requestId())).isEqualTo(1);
    assertThat(leavesOf("METER_READ", request.requestId())).isZero();
    assertProblem(
        ProblemType.VALIDATION_FAILED,
        () ->
            ledger.query.asService(
                "correct",
                h -> ledger.spender.correct(h, correction(contract, request.requestId(), -61))));
  }

  @Test
  void spend_onBehalfOfTheCaller_leavesTheCallersSightUnchanged() {
    // given
    var lineage = ledger.lineage(1_000);
    var contract = ledger.contract(lineage, 500);
    var consumer = caller(CONSUMER, Role.CONSUMER);
    // when
    long lineagesSeenAfterwards =
        ledger.query.inTransaction(
            consumer,
            "spend",
            handle -> {
              ledger.spender.spend(handle, request(contract, "own", new Charge(lineage, 1, 0)));
              return handle
                  .createQuery("select count(*) from ledger.lineages")
                  .mapTo(Long.class)
                  .one();
            });
    // then
    assertThat(lineagesSeenAfterwards).isZero();
  }

  private static SpendRequest exact(
      ContractId contract, LineageId lineage, String descriptor, long records) {
    var plain = request(contract, descriptor, new Charge(lineage, 0, 0));
    return new SpendRequest(
        plain.requestId(),
        contract,
        CONSUMER,
        plain.actor(),
        plain.canonicalSha256(),
        plain.dataVersions(),
        plain.charges(),
        List.of(),
        plain.answer(),
        List.of(new SpendRequest.Cohort(lineage, 1, records, descriptor)),
        plain.bundle(),
        plain.products());
  }

  private static Correction correction(ContractId contract, QueryId request, long fen) {
    return new Correction(
        contract, request, fen, "metered-twice", PROVIDER, "operator-officer", "test-bundle");
  }

  private static String countsSeenBy(dev.weir.kernel.CreditCode party, ContractId contract) {
    return ledger.query.inTransaction(
        caller(party, Role.CONSUMER),
        "counts",
        handle ->
            handle
                .createQuery(
                    """
                    select format('answers %s entries %s',
                      (select count(*) from ledger.answers where contract_id = :c),
                      (select count(*) from ledger.entries where contract_id = :c))
                    """)
                .bind("c", contract.value())
                .mapTo(String.class)
                .one());
  }

  private static AllotmentView allotment(ContractId contract, LineageId lineage) {
    return ledger.query.asService("view", h -> ledger.spender.allotment(h, contract, lineage));
  }

  private static Optional<StoredAnswer> stored(SpendRequest request) {
    return ledger.query.asService(
        "stored",
        h ->
            ledger.spender.stored(
                h, request.contractId(), request.canonicalSha256(), request.dataVersions()));
  }

  /** Leaves of that operation about that request, as they lie in the outbox. */
  private static long leavesOf(String operation, QueryId request) {
    try (var superuser = ledger.server.superuser();
        var count =
            superuser.prepareStatement(
                """
                select count(*) from query.outbox where topic = 'audit.evidence'
                  and position(convert_to(?, 'UTF8') in value) > 0
                  and position(convert_to(?, 'UTF8') in value) > 0
                """)) {
      count.setString(1, "\"" + operation + "\"");
      count.setString(2, request.toString());
      try (var row = count.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<MeterReading> readings(ContractId contract) {
    return ledger.query.asService("readings", h -> ledger.spender.readings(h, contract));
  }

  private static void inSpace(Consumer<Handle> work) {
    ledger.space.asService(
        "work",
        handle -> {
          work.accept(handle);
          return new TreeSet<String>();
        });
  }

  private static void assertProblem(
      ProblemType type, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.type()).isEqualTo(type));
  }
}
