package dev.weir.runtime.ledger;

import static dev.weir.runtime.ledger.LedgerFixture.CONSUMER;
import static dev.weir.runtime.ledger.LedgerFixture.OPERATOR;
import static dev.weir.runtime.ledger.LedgerFixture.PRICE;
import static dev.weir.runtime.ledger.LedgerFixture.PRODUCT;
import static dev.weir.runtime.ledger.LedgerFixture.PROVIDER;
import static dev.weir.runtime.ledger.LedgerFixture.RESOURCE;
import static dev.weir.runtime.ledger.LedgerFixture.SCOPE;
import static dev.weir.runtime.ledger.LedgerFixture.STRANGER;
import static dev.weir.runtime.ledger.LedgerFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.ResourceId;
import dev.weir.policy.contract.Allotment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stop is decided where money and budget are spent, in one transaction with them. */
class HaltTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final AtomicReference<Instant> NOW = new AtomicReference<>(START);
  private static LedgerFixture ledger;
  private LineageId lineage;

  @BeforeAll
  static void start() {
    ledger = new LedgerFixture("halt_test", 4, NOW::get);
  }

  @AfterAll
  static void stop() throws Exception {
    ledger.close();
  }

  @BeforeEach
  void open() {
    NOW.set(START);
    lineage = ledger.lineage(1_000);
  }

  @AfterEach
  void invariantsHold() {
    assertThat(ledger.violations()).isEmpty();
  }

  @Test
  void spend_afterAProductOrItsResourceWasStopped_isRefusedUnderEveryContract() {
    for (Halt halt : List.of(new Halt.Product(PRODUCT), new Halt.Resource(RESOURCE))) {
      // given
      var one = ledger.contract(lineage, 100);
      var other = ledger.contract(lineage, 100);
      // when
      halt(halt);
      // then
      assertThat(spend(one)).isEqualTo(new Spend.ProductStopped(PRODUCT));
      assertThat(spend(other)).isEqualTo(new Spend.ProductStopped(PRODUCT));
      assertThat(standing(one).allows(List.of(PRODUCT), START)).isFalse();
      assertThat(standing(one).isOpen(START)).isTrue();
    }
  }

  @Test
  void spend_afterAProductOfOneContractWasStopped_isRefusedUnderThatOneOnly() {
    var one = ledger.contract(lineage, 100);
    var other = ledger.contract(lineage, 100);
    halt(new Halt.ProductOfContract(one, PRODUCT));
    assertThat(spend(one)).isEqualTo(new Spend.ProductStopped(PRODUCT));
    assertThat(spend(other)).isInstanceOf(Spend.Spent.class);
  }

  @Test
  void spend_afterTheDomainClosedOrAPartyOrItsOperatorWasSuspended_isRefused() {
    var reasons =
        List.of(
            new Halt.Domain(SCOPE.domainId()),
            new Halt.Participant(CONSUMER),
            new Halt.Participant(PROVIDER),
            new Halt.Participant(OPERATOR));
    for (Halt halt : reasons) {
      var contract = ledger.contract(lineage, 100);
      assertThat(spend(contract)).isInstanceOf(Spend.Spent.class);
      halt(halt);
      assertThat(spend(contract)).as("after %s", halt).isEqualTo(new Spend.Closed());
    }
  }

  @Test
  void spend_afterSomethingElseWasStopped_goesOn() {
    var contract = ledger.contract(lineage, 100);
    halt(new Halt.Product(ProductId.random()));
    halt(new Halt.Resource(ResourceId.random()));
    halt(new Halt.Domain(DomainId.random()));
    halt(new Halt.Participant(STRANGER));
    assertThat(spend(contract)).isInstanceOf(Spend.Spent.class);
  }

  @Test
  void repeat_ofAStoredAnswer_isRefusedToo() {
    var contract = ledger.contract(lineage, 100);
    var request = request(contract, "kept", new Charge(lineage, 1, 0));
    ledger.spend(request);
    halt(new Halt.Product(PRODUCT));
    assertThat(ledger.spend(request)).isEqualTo(new Spend.ProductStopped(PRODUCT));
  }

  @Test
  void spend_whenTheTermIsOver_isRefusedWithoutAnybodyStoppingIt() {
    var until = START.plusSeconds(60);
    var scope = new AccountScope(SCOPE.domainId(), OPERATOR, SCOPE.products(), until);
    var contract = ledger.contract(scope, PRICE, new Allotment(lineage, 100, 100));
    NOW.set(until.minusMillis(1));
    assertThat(spend(contract)).isInstanceOf(Spend.Spent.class);
    NOW.set(until);
    assertThat(spend(contract)).isEqualTo(new Spend.Closed());
    assertThat(standing(contract).isOpen(until)).isFalse();
  }

  @Test
  void halt_whileASpendHoldsTheAccount_waitsForItAndThenHoldsForAllOthers() throws Exception {
    // given
    var contract = ledger.contract(lineage, 100);
    try (var threads = Executors.newSingleThreadExecutor()) {
      Future<?> halted =
          ledger.query.asService(
              "spend",
              handle -> {
                assertThat(ledger.spender.spend(handle, request(contract, "a", charge())))
                    .isInstanceOf(Spend.Spent.class);
                // when
                var halting = threads.submit(() -> halt(new Halt.Product(PRODUCT)));
                assertThatThrownBy(() -> halting.get(300, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
                return halting;
              });
      halted.get(5, TimeUnit.SECONDS);
    }
    // then
    assertThat(spend(contract)).isEqualTo(new Spend.ProductStopped(PRODUCT));
  }

  @Test
  void stops_cannotBeTakenBackByTheServiceThatMadeThem() {
    var contract = ledger.contract(lineage, 100);
    halt(new Halt.Product(PRODUCT));
    halt(new Halt.Domain(SCOPE.domainId()));
    for (String undoing : List.of("stopped_products = '{}'", "halted_at = null")) {
      assertThatThrownBy(() ->
              ledger.space.asService(
                  "undo",
                  handle ->
                      handle.execute(
                          "update ledger.accounts set " + undoing + " where contract_id = ?",
                          contract.value())))
          .hasStackTraceContaining("a stop is never taken back");
    }
  }

  private static void halt(Halt halt) {
    ledger.space.asService(
        "halt",
        handle -> {
          ledger.carver.halt(handle, halt);
          return true;
        });
  }

  private Spend spend(ContractId contract) {
    return ledger.spend(request(contract, "q" + System.nanoTime(), charge()));
  }

  private Charge charge() {
    return new Charge(lineage, 1, 0);
  }

  private static Standing standing(ContractId contract) {
    Map<ContractId, Standing> all =
        ledger.query.asService(
            "standing", handle -> ledger.spender.standings(handle, Set.of(contract)));
    return all.get(contract);
  }
}
