package dev.weir.query.sum.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.compliance.Control;
import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.Words;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.privacy.account.GaussianError;
import dev.weir.query.sum.InputMessage;
import dev.weir.query.sum.SignedSum;
import dev.weir.query.sum.SumBatch;
import dev.weir.query.sum.SumTask;
import dev.weir.query.sum.custody.SumOutcome.State;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the custodian does once, whatever dies and whoever asks again. */
@Control("HEQ-07")
class CustodyTest {
  private static CustodyFixture on;
  private static int tests;
  private SumBatch batch;
  private InputMessage.Input first;
  private InputMessage.Input second;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    on = new CustodyFixture(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    on.close();
  }

  /** A group of its own for every test, an account that covers it, and nothing charged yet. */
  @BeforeEach
  void encrypt() {
    batch = on.parties.batch();
    batch = new SumBatch(batch.task(), batch.window(), "g" + tests++);
    first = on.parties.input(0, batch, 0, 600);
    second = on.parties.input(1, batch, 0, 400, -50);
    long allotted = spent() + 2 * on.parties.task.nanoRho();
    on.gate = task -> CustodyFixture.allowed(allotted);
    on.ledgerSays = Optional.empty();
    on.charges.clear();
    on.drawn.clear();
  }

  @Test
  void sumOfBothAdders_isReleasedOnceWithNoiseChargeAndLeaf() {
    // given
    var custody = on.custodian(SumPoint.Probe.NONE);
    long leaves = on.rows("outbox");
    // when
    for (int i = 0; i < 3; i++) {
      on.signed(first, second).forEach(custody::take);
    }
    // then
    var outcome = on.outcome(batch).orElseThrow();
    assertThat(outcome.state()).isEqualTo(State.RELEASED);
    assertThat(on.drawn).containsExactly(outcome.noised().orElseThrow());
    long bound = GaussianError.simultaneousBound(on.parties.task.noiseVariance(), 1);
    assertThat(outcome.noised().orElseThrow().longValueExact()).isBetween(950 - bound, 950 + bound);
    assertThat(on.charges).hasSize(1);
    assertThat(on.charges.getFirst().nanoRho()).isEqualTo(on.parties.task.nanoRho());
    assertThat(on.rows("outbox") - leaves).isEqualTo(1);
  }

  @Test
  void oneAdderAlone_opensNothing() {
    var custody = on.custodian(SumPoint.Probe.NONE);
    custody.take(on.signed(first, second).getFirst());
    assertThat(on.outcome(batch)).isEmpty();
    assertThat(on.drawn).isEmpty();
  }

  @Test
  void addersThatDisagree_endTheBatchUnopened() {
    var custody = on.custodian(SumPoint.Probe.NONE);
    custody.take(on.signed(first, second).getFirst());
    custody.take(on.signed(first).getLast());
    assertRefused("adders-disagree");
    on.signed(first, second).forEach(custody::take); // too late to agree
    assertRefused("adders-disagree");
  }

  @Test
  void aWindowThatIsSentAgainWithFewerInputs_isTurnedAway() {
    // given a sum that was released
    var third = on.parties.input(2, batch, 0, 1_000);
    var custody = on.custodian(SumPoint.Probe.NONE);
    on.signed(first, second, third).forEach(custody::take);
    var released = on.outcome(batch).orElseThrow();
    long leaves = on.rows("outbox");
    // when both adders sign the same window without one department, twice
    var replayed = on.signed(first, second);
    replayed.forEach(custody::take);
    replayed.forEach(custody::take);
    // then
    assertThat(on.outcome(batch)).contains(released);
    assertThat(on.drawn).hasSize(1);
    assertThat(on.rows("outbox") - leaves).isEqualTo(2); // each message's refusal, once
  }

  /** Planted: what ended a batch is lost, and the same attack gets a second total to subtract. */
  @Test
  void aWindowThatIsSentAgain_opensASecondTotal_ofACustodianThatForgets() {
    var third = on.parties.input(2, batch, 0, 1_000);
    var custody = on.custodian(SumPoint.Probe.NONE);
    on.signed(first, second, third).forEach(custody::take);
    on.forget(batch);
    on.signed(first, second).forEach(custody::take);
    assertThat(on.drawn).as("what the test above counts").hasSize(2);
    assertThat(on.outcome(batch).orElseThrow().noised()).contains(on.drawn.getLast());
  }

  /** Planted: a draw that was lost after it was shown; the kill then brings two to average. */
  @Test
  void aKillAfterTheDraw_bringsASecondDraw_ofACustodianThatForgets() {
    var messages = on.signed(first, second);
    var dying =
        on.custodian(reached -> {
          if (reached == SumPoint.KEPT) {
            throw new Killed();
          }
        });
    dying.take(messages.getFirst());
    assertThatThrownBy(() -> dying.take(messages.getLast())).isInstanceOf(Killed.class);
    on.forget(batch);
    messages.forEach(on.custodian(SumPoint.Probe.NONE)::take);
    assertThat(on.drawn).as("what the test above counts").hasSize(2);
  }

  /** Planted: a failure that is forgotten is tried again, which makes failures an oracle. */
  @Test
  void aDecryptionThatFails_isTriedAgain_byACustodianThatForgets() {
    var failing = on.custodian(CustodyTest::failing, SumPoint.Probe.NONE);
    on.signed(first, second).forEach(failing::take);
    assertRefused("failed");
    on.forget(batch);
    on.signed(first, second).forEach(on.custodian(SumPoint.Probe.NONE)::take);
    assertThat(on.outcome(batch).orElseThrow().state()).isEqualTo(State.RELEASED);
    assertThat(on.drawn).hasSize(1);
  }

  @Test
  void aKillAnywhere_leavesOneTotalThatAnybodyEverSees() {
    for (SumPoint point : SumPoint.values()) {
      encrypt();
      var messages = on.signed(first, second);
      var dying =
          on.custodian(reached -> {
            if (reached == point) {
              throw new Killed();
            }
          });
      dying.take(messages.getFirst());
      assertThatThrownBy(() -> dying.take(messages.getLast())).isInstanceOf(RuntimeException.class);
      var left = on.outcome(batch);
      assertThat(left.isPresent()).isEqualTo(point == SumPoint.KEPT || point == SumPoint.CHARGED);
      assertThat(left.filter(one -> one.state() == State.RELEASED)).isEmpty();
      // when it comes back and hears the same again
      var alive = on.custodian(SumPoint.Probe.NONE);
      messages.forEach(alive::take);
      messages.forEach(alive::take);
      // then
      var outcome = on.outcome(batch).orElseThrow();
      assertThat(outcome.state()).as("%s", point).isEqualTo(State.RELEASED);
      assertThat(outcome.noised()).contains(on.drawn.getLast());
      left.ifPresent(one -> assertThat(outcome.noised()).isEqualTo(one.noised()));
      assertThat(on.drawn).hasSize(left.isPresent() ? 1 : 2);
      assertThat(on.charges)
          .extracting(charge -> charge.requestId())
          .containsOnly(on.charges.getFirst().requestId());
    }
  }

  @Test
  void anAllotmentThatDoesNotCoverIt_refusesAndShowsNothing() {
    long spent = spent();
    on.gate = task -> CustodyFixture.allowed(spent + task.nanoRho() - 1);
    var custody = on.custodian(SumPoint.Probe.NONE);
    on.signed(first, second).forEach(custody::take);
    assertRefused("budget");
    assertThat(on.charges).isEmpty();
    assertThat(spent()).isEqualTo(spent);
  }

  @Test
  void aLedgerThatRefuses_endsTheBatchAndNothingIsGivenBack() {
    long spent = spent();
    on.ledgerSays =
        Optional.of(new ProblemException(ProblemType.CONTRACT_ENDED, "The contract has ended."));
    var custody = on.custodian(SumPoint.Probe.NONE);
    on.signed(first, second).forEach(custody::take);
    assertRefused("contract-ended");
    assertThat(spent()).isEqualTo(spent + on.parties.task.nanoRho());
  }

  @Test
  void aPolicyThatDenies_opensNothing() {
    on.gate = task -> new SumGate.Verdict.Denied("purpose");
    var custody = on.custodian(SumPoint.Probe.NONE);
    on.signed(first, second).forEach(custody::take);
    assertRefused("purpose");
    assertThat(on.drawn).isEmpty();
  }

  @Test
  void aDecryptionThatFails_isNotTriedAgain() {
    var custody = on.custodian(CustodyTest::failing, SumPoint.Probe.NONE);
    on.signed(first, second).forEach(custody::take);
    assertRefused("failed");
    on.signed(first, second).forEach(on.custodian(SumPoint.Probe.NONE)::take);
    assertRefused("failed");
    assertThat(on.drawn).isEmpty();
  }

  @Test
  void aMessageThatNoAdderSigned_isTurnedAwayWithALeaf() {
    long leaves = on.rows("outbox");
    var honest = SignedSum.read(on.signed(first, second).getFirst()).orElseThrow();
    var forged =
        new SignedSum(
            new SignedSum.Signed(
                honest.signed().adder(), honest.statement(), first.signed().signature()),
            honest.ciphertext());
    on.custodian(SumPoint.Probe.NONE).take(forged.toBytes());
    assertThat(on.outcome(batch)).isEmpty();
    assertThat(on.rows("outbox") - leaves).isEqualTo(1);
  }

  @Test
  void bytesThatAreNoMessage_changeNothing() {
    long kept = on.rows("adder_sums");
    on.custodian(SumPoint.Probe.NONE).take(new byte[100]);
    assertThat(on.rows("adder_sums")).isEqualTo(kept);
  }

  @Test
  void theCustodiansRole_reachesNoLedgerOfItsOwnAccord() {
    for (String table : List.of("accounts", "allotments", "entries", "answers")) {
      for (String right : List.of("select", "insert", "update", "delete")) {
        assertThat(
                on.number(
                    "select has_table_privilege('weir_custodian', 'ledger."
                        + table
                        + "', '"
                        + right
                        + "')::int"))
            .isZero();
      }
    }
  }

  private static BigInteger failing(SumTask task, SignedSum sum) {
    try (var context = HeContext.open(HeParameters.RECORDS_8192, new SecureRandom());
        var key = context.publicKey(Words.allocate(1))) {
      return BigInteger.valueOf(key.hashCode());
    }
  }

  private void assertRefused(String reason) {
    var outcome = on.outcome(batch).orElseThrow();
    assertThat(outcome.state()).isEqualTo(State.REFUSED);
    assertThat(outcome.reason()).contains(reason);
    assertThat(outcome.noised()).isEmpty();
    assertThat(outcome.leaf()).isPresent();
  }

  private long spent() {
    return on.database.asService(
        "test.spent", handle -> PostgresSums.spent(handle, on.parties.task.contractId()));
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
