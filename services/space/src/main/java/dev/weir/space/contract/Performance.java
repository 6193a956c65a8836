package dev.weir.space.contract;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProductId;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.state.ContractState.Cause;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.ledger.Halt;
import dev.weir.runtime.ledger.Ledger;
import dev.weir.space.change.Hand;
import dev.weir.space.change.Plane;
import dev.weir.space.change.Reason;
import dev.weir.space.change.Request;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Ends contracts: by agreement, by abnormal stop, and for the clock by term or rule. The ledger
 * closes the account in the same transaction, so that no spend commits after the end; what was not
 * spent goes back to the lineages. Thread-safe.
 */
public final class Performance {
  private final Plane plane;
  private final PostgresContractStore store;
  private final PostgresRoundStore rounds;
  private final Ledger ledger;
  private final ContractRecorder recorder;

  Performance(
      Plane plane,
      PostgresContractStore store,
      PostgresRoundStore rounds,
      Ledger ledger,
      ContractRecorder recorder) {
    this.plane = plane;
    this.store = store;
    this.rounds = rounds;
    this.ledger = ledger;
    this.recorder = recorder;
  }

  /**
   * @param productId the one product to stop; absent for the whole contract
   * @param note 1 to 2000 characters in the words of whoever stops it
   */
  public record StopBody(Stop.Reason reason, Optional<ProductId> productId, Optional<String> note) {

    private Stop by(Hand hand) {
      return new Stop(reason, productId, note.map(text -> new Reason(text).checked()), hand);
    }

    /**
     * The note's own words stay with the contract's parties; the log can tell whether they hold.
     */
    private Map<String, String> figures() {
      var figures = new TreeMap<>(Map.of("reason", reason.name()));
      note.ifPresent(
          text -> figures.put("noteSha256", Json.sha256Hex(text.getBytes(StandardCharsets.UTF_8))));
      return figures;
    }
  }

  public Contract terminate(Request request, ContractId id, String reason) {
    return plane
        .writes()
        .asParticipant(
            request,
            Contract.class,
            (handle, by) -> {
              var next = Steps.terminate(store.lock(handle, id), reason, by);
              return changed(handle, by, next, Operation.CONTRACT_TERMINATE, "termination-agreed");
            });
  }

  public Contract stop(Request request, ContractId id, StopBody body) {
    return plane
        .writes()
        .asParticipant(
            request,
            Contract.class,
            (handle, by) -> {
              var contract = store.lock(handle, id);
              var terms = rounds.terms(handle, contract);
              var next = Steps.stop(contract, body.by(by), terms);
              body.productId()
                  .ifPresent(
                      product -> ledger.halt(handle, new Halt.ProductOfContract(id, product)));
              return changed(handle, by, next, Operation.CONTRACT_STOP, "stopped", body.figures());
            });
  }

  /** Ends a live contract for the clock. */
  Contract end(Handle handle, Hand by, Contract contract, Cause cause, String reason) {
    var next = Steps.end(contract, by.at(), cause, reason);
    return changed(handle, by, next, Operation.CONTRACT_TERMINATE, "ended");
  }

  private Contract changed(
      Handle handle, Hand by, Contract next, Operation operation, String step) {
    return changed(handle, by, next, operation, step, Map.of());
  }

  private Contract changed(
      Handle handle,
      Hand by,
      Contract next,
      Operation operation,
      String step,
      Map<String, String> figures) {
    ContractTerms terms = rounds.terms(handle, next);
    if (!next.live()) {
      ledger.giveBack(handle, next.id());
    }
    return recorder.changed(handle, by, next, terms, operation, step, figures);
  }
}
