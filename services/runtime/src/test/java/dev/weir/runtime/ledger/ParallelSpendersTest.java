package dev.weir.runtime.ledger;

import static dev.weir.runtime.ledger.LedgerFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.QueryId;
import dev.weir.policy.contract.Allotment;
import dev.weir.policy.contract.Price;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParallelSpendersTest {
  private static final int SPENDERS = 1_000;
  private static final int CONNECTIONS = 16;
  private LedgerFixture ledger;

  @BeforeEach
  void start() {
    ledger = new LedgerFixture("parallel_spenders", CONNECTIONS);
  }

  @AfterEach
  void stop() throws Exception {
    ledger.close();
  }

  @Test
  void oneThousandSpenders_onOneBudget_areGrantedExactlyWhatItHolds() throws Exception {
    // given
    long cost = 7;
    long cap = 2_000;
    var lineage = ledger.lineage(cap);
    var contract = ledger.contract(lineage, cap);
    // when
    var spends =
        inParallel(
            number -> ledger.spend(request(contract, "q" + number, new Charge(lineage, cost, 0))));
    // then
    assertThat(spends).filteredOn(spend -> spend instanceof Spend.Spent).hasSize(285);
    assertThat(spends).filteredOn(spend -> spend instanceof Spend.Exhausted).hasSize(715);
    assertThat(ledger.violations()).isEmpty();
  }

  @Test
  void oneThousandSpenders_acrossTwoLineagesInEitherOrder_neitherOverspendNorDeadlock()
      throws Exception {
    // given
    var left = ledger.lineage(2_000);
    var right = ledger.lineage(3_000);
    var contract =
        ledger.contract(
            LedgerFixture.PRICE, new Allotment(left, 2_000, 0), new Allotment(right, 3_000, 0));
    // when
    var spends =
        inParallel(number -> {
          var first = new Charge(number % 2 == 0 ? left : right, 10, 0);
          var second = new Charge(number % 2 == 0 ? right : left, 10, 0);
          return ledger.spend(request(contract, "q" + number, first, second));
        });
    // then
    assertThat(spends).filteredOn(spend -> spend instanceof Spend.Spent).hasSize(200);
    assertThat(ledger.violations()).isEmpty();
  }

  @Test
  void manyContracts_carvedInParallelFromOneLineage_neverPassItsCap() throws Exception {
    // given
    var lineage = ledger.lineage(950);
    // when
    var carved =
        inParallel(
            100,
            number -> {
              try {
                ledger.contract(new Price(0, 0, 0, 0), new Allotment(lineage, 10, 0));
                return true;
              } catch (ProblemException e) {
                return false;
              }
            });
    // then
    assertThat(carved).filteredOn(granted -> granted).hasSize(95);
    assertThat(ledger.violations()).isEmpty();
  }

  @Test
  void aNaiveLedger_thatReadsAndThenWrites_overspendsAndIsFoundOut() throws Exception {
    // given
    var lineage = ledger.lineage(100);
    var contract = ledger.contract(lineage, 100);
    ledger.server.migrate("alter table ledger.allotments drop constraint spent_within_allotment");
    var bothHaveRead = new CyclicBarrier(2);
    // when
    inParallel(2, number -> spendNaively(contract, lineage, 80, bothHaveRead));
    // then
    assertThat(ledger.violations())
        .containsKeys("entries over allotment", "spent is not the sum of entries");
  }

  private boolean spendNaively(
      ContractId contract, LineageId lineage, long cost, CyclicBarrier bothHaveRead) {
    return ledger.query.asService(
        "naive",
        handle -> {
          long spent =
              handle
                  .createQuery(
                      "select spent_nano_rho from ledger.allotments where contract_id = :c")
                  .bind("c", contract.value())
                  .mapTo(Long.class)
                  .one();
          bothHaveRead.await();
          handle
              .createUpdate(
                  "update ledger.allotments set spent_nano_rho = :s where contract_id = :c")
              .bind("s", spent + cost)
              .bind("c", contract.value())
              .execute();
          UUID request = QueryId.random().value();
          handle
              .createUpdate(
                  """
                  insert into ledger.answers values (:r, :c, :r::text, '', '{}', '', now());
                  """)
              .bind("r", request)
              .bind("c", contract.value())
              .execute();
          return handle
                  .createUpdate(
                      "insert into ledger.entries values (:r, :c, :l, :cost, 0, :r, now())")
                  .bind("r", request)
                  .bind("c", contract.value())
                  .bind("l", lineage.value())
                  .bind("cost", cost)
                  .execute()
              == 1;
        });
  }

  private <T> List<T> inParallel(Numbered<T> work) throws Exception {
    return inParallel(SPENDERS, work);
  }

  private static <T> List<T> inParallel(int count, Numbered<T> work) throws Exception {
    try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      var calls = new ArrayList<Callable<T>>();
      for (int i = 0; i < count; i++) {
        int number = i;
        calls.add(() -> work.run(number));
      }
      var results = new ArrayList<T>();
      for (Future<T> future : threads.invokeAll(calls)) {
        results.add(future.get());
      }
      return results;
    }
  }

  @FunctionalInterface
  private interface Numbered<T> {
    T run(int number) throws Exception;
  }
}
