package dev.weir.space.contract;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.Operation;
import dev.weir.policy.state.ContractState.Cause;
import dev.weir.policy.state.ContractState.Status;
import dev.weir.runtime.ledger.Ledger;
import dev.weir.space.change.Hand;
import dev.weir.space.change.Plane;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * What time does to contracts: performance begins with the term and ends with it, with the domain,
 * or when the fee ceiling is reached. Enforcement points check the time themselves too; this makes
 * the end known. Thread-safe.
 */
public final class ContractClock {
  private final Plane plane;
  private final PostgresContractStore store;
  private final PostgresRoundStore rounds;
  private final Performance performance;
  private final ContractRecorder recorder;
  private final Ledger ledger;

  ContractClock(
      Plane plane,
      PostgresContractStore store,
      PostgresRoundStore rounds,
      Performance performance,
      ContractRecorder recorder,
      Ledger ledger) {
    this.plane = plane;
    this.store = store;
    this.rounds = rounds;
    this.performance = performance;
    this.recorder = recorder;
    this.ledger = ledger;
  }

  /** Takes every step that is due; each in a transaction of its own. */
  public void tick() {
    var now = plane.clock().instant();
    var due = plane.database().asService("space.contracts-due", handle -> store.due(handle, now));
    for (ContractId id : due) {
      plane
          .database()
          .asService(
              "space.contract-due",
              handle -> {
                store.lockFree(handle, id).ifPresent(contract -> move(handle, contract));
                return true;
              });
    }
  }

  /** Ends contracts whose charges have reached their ceiling. */
  public void settle() {
    var after = new ContractId(new java.util.UUID(0, 0));
    while (true) {
      var from = after;
      var live =
          plane.database().asService("space.contracts-live", handle -> store.live(handle, from));
      if (live.isEmpty()) {
        return;
      }
      live.forEach(this::settle);
      after = live.getLast();
    }
  }

  private void settle(ContractId id) {
    plane
        .database()
        .asService(
            "space.contract-settle",
            handle -> {
              store
                  .lockFree(handle, id)
                  .filter(Contract::live)
                  .filter(contract -> ceilingReached(handle, contract))
                  .ifPresent(contract ->
                      performance.end(
                          handle, hand(contract), contract, Cause.RULE, "fee-ceiling-reached"));
              return true;
            });
  }

  private boolean ceilingReached(Handle handle, Contract contract) {
    long ceiling = rounds.terms(handle, contract).price().ceilingFen();
    long charged =
        ledger.readings(handle, contract.id()).stream()
            .mapToLong(reading -> reading.chargedFen())
            .sum();
    return ceiling > 0 && charged >= ceiling;
  }

  private void move(Handle handle, Contract contract) {
    if (!contract.live()) {
      return;
    }
    var by = hand(contract);
    if (!by.at().isBefore(contract.term().to())) {
      performance.end(handle, by, contract, Cause.TERM, "term");
    } else if (contract.status() == Status.SIGNED && contract.term().contains(by.at())) {
      recorder.changed(
          handle,
          by,
          Steps.perform(contract),
          rounds.terms(handle, contract),
          Operation.CONTRACT_SIGN,
          "performance-began",
          Map.of());
    } else if (store.domainClosed(handle, contract)) {
      performance.end(handle, by, contract, Cause.RULE, "domain-closed");
    }
  }

  /** The service acts on behalf of the domain's operating body. */
  private Hand hand(Contract contract) {
    return new Hand(
        "service:space",
        contract.operator(),
        plane.clock().instant().truncatedTo(ChronoUnit.MICROS));
  }
}
