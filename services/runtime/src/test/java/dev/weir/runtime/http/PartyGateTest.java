package dev.weir.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.CreditCode;
import dev.weir.runtime.config.PartyLimits;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PartyGateTest {
  private static final CreditCode GREEDY = party(1);
  private static final CreditCode OTHER = party(2);
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

  @Test
  void burst_isLetInAndThenTheRateHolds() {
    var gate = gate(10, 5, 100);
    assertThat(admitted(gate, GREEDY, 20)).isEqualTo(5);
    pass(TimeUnit.SECONDS.toNanos(1));
    assertThat(admitted(gate, GREEDY, 20)).isEqualTo(5);
    long admitted = 0;
    for (int tenth = 0; tenth < 100; tenth++) {
      pass(TimeUnit.MILLISECONDS.toNanos(100));
      admitted += admitted(gate, GREEDY, 3);
    }
    assertThat(admitted).isEqualTo(100);
  }

  @Test
  void party_thatAskedTooMuch_takesNothingFromAnother() {
    var gate = gate(10, 5, 100);
    admitted(gate, GREEDY, 50);
    assertThat(gate.enter(OTHER)).isEmpty();
  }

  @Test
  void refusal_saysWhenTheNextRequestIsDue() {
    var gate = gate(1, 3, 100);
    admitted(gate, GREEDY, 3);
    var refusal = gate.enter(GREEDY).orElseThrow();
    assertThat(refusal.excess()).isEqualTo(PartyGate.Excess.RATE);
    pass(TimeUnit.SECONDS.toNanos(refusal.retryAfterSeconds()));
    assertThat(gate.enter(GREEDY)).isEmpty();
  }

  @Test
  void requestsThatStillRun_keepFurtherOnesOutUntilOneLeaves() {
    var gate = gate(1000, 1000, 2);
    assertThat(gate.enter(GREEDY)).isEmpty();
    assertThat(gate.enter(GREEDY)).isEmpty();
    assertThat(gate.enter(GREEDY).orElseThrow().excess()).isEqualTo(PartyGate.Excess.CONCURRENCY);
    gate.leave(GREEDY);
    assertThat(gate.enter(GREEDY)).isEmpty();
  }

  @Test
  void memory_isBoundedAndARunningPartyIsNotForgotten() {
    var gate = gate(1, 1, 1);
    gate.enter(GREEDY);
    for (int n = 10; n < 10 + 2 * PartyGate.MAX_PARTIES; n++) {
      gate.enter(party(n));
      gate.leave(party(n));
    }
    assertThat(gate.remembered()).isEqualTo(PartyGate.MAX_PARTIES);
    assertThat(gate.enter(GREEDY).orElseThrow().excess()).isEqualTo(PartyGate.Excess.CONCURRENCY);
  }

  private PartyGate gate(int perSecond, int burst, int concurrent) {
    return new PartyGate(new PartyLimits(perSecond, burst, concurrent), nanos::get);
  }

  private static long admitted(PartyGate gate, CreditCode party, int requests) {
    long admitted = 0;
    for (int i = 0; i < requests; i++) {
      if (gate.enter(party).isEmpty()) {
        admitted++;
        gate.leave(party);
      }
    }
    return admitted;
  }

  private void pass(long more) {
    nanos.addAndGet(more);
  }

  private static CreditCode party(int n) {
    String body = "91110000MA0%06d".formatted(n);
    return new CreditCode(body + CreditCode.checkCharacter(body));
  }
}
