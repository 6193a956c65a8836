package dev.weir.space.contract;

import dev.weir.kernel.Operation;
import dev.weir.policy.contract.Allotment;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.space.change.Change;
import dev.weir.space.change.Hand;
import dev.weir.space.change.Plane;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Stores a contract's next version with its snapshot, leaf and history. Thread-safe. */
final class ContractRecorder {
  private final Plane plane;
  private final PostgresContractStore store;

  ContractRecorder(Plane plane, PostgresContractStore store) {
    this.plane = plane;
    this.store = store;
  }

  Contract created(Handle handle, Hand by, Contract contract, ContractTerms terms) {
    store.insert(handle, contract);
    return record(handle, by, contract, terms, Operation.CONTRACT_PROPOSE, "proposed", Map.of());
  }

  Contract changed(
      Handle handle,
      Hand by,
      Contract contract,
      ContractTerms terms,
      Operation operation,
      String step,
      Map<String, String> figures) {
    store.update(handle, contract);
    return record(handle, by, contract, terms, operation, step, figures);
  }

  /** What an offline verifier needs to check spends and bills against the contract. */
  static Map<String, String> budgetFigures(ContractTerms terms) {
    var figures = new TreeMap<String, String>();
    for (Allotment allotment : terms.allotments()) {
      String name = "allotment." + allotment.lineageId();
      figures.put(name + ".nanoRho", Long.toString(allotment.nanoRho()));
      figures.put(name + ".picoDelta", Long.toString(allotment.picoDelta()));
    }
    figures.put("price.perCallFen", Long.toString(terms.price().perCallFen()));
    figures.put("price.perRhoFen", Long.toString(terms.price().perRhoFen()));
    figures.put("price.freeCalls", Long.toString(terms.price().freeCalls()));
    figures.put("price.ceilingFen", Long.toString(terms.price().ceilingFen()));
    return figures;
  }

  private Contract record(
      Handle handle,
      Hand by,
      Contract contract,
      ContractTerms terms,
      Operation operation,
      String step,
      Map<String, String> figures) {
    var all = new TreeMap<>(figures);
    all.put("status", contract.status().code());
    all.put("round", Integer.toString(contract.round()));
    all.put("termsSha256", contract.termsSha256());
    contract.ended().ifPresent(ending -> all.put("cause", ending.cause().name()));
    plane
        .changes()
        .record(
            handle,
            by,
            new Change(
                Change.Thing.CONTRACT,
                contract.id().toString(),
                contract.version(),
                operation,
                step,
                all,
                List.copyOf(contract.readers()),
                Optional.of(contract.state(terms)),
                contract));
    return contract;
  }
}
