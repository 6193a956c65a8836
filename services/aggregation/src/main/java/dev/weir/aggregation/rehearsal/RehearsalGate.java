package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.policy.UsageGate;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.TaskAccounts;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ResourceId;
import dev.weir.policy.contract.Allotment;
import dev.weir.policy.contract.Price;
import dev.weir.runtime.ledger.AccountScope;
import dev.weir.runtime.ledger.ContractAccount;
import dev.weir.runtime.ledger.Ledger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Contracts of rehearsals: each allows what it is asked, except when it is told to refuse. */
final class RehearsalGate implements UsageGate, TaskAccounts {
  static final String BUNDLE = "rehearsal";
  private static final long COLLECTIONS = 10;
  private static final Instant FOREVER = Instant.parse("2100-01-01T00:00:00Z");

  private final Ledger ledger;
  private final Map<ContractId, LineageId> lineages;
  private final DomainId domain = DomainId.random();
  private boolean refusing;

  /**
   * @param lineages of contracts seen before, kept beyond this object's life
   */
  RehearsalGate(Ledger ledger, Map<ContractId, LineageId> lineages) {
    this.ledger = ledger;
    this.lineages = lineages;
  }

  static Map<ContractId, LineageId> noContracts() {
    return new HashMap<>();
  }

  void refuse(boolean wanted) {
    refusing = wanted;
  }

  @Override
  public Verdict decide(AggregationTask task, String actor) {
    if (refusing) {
      return new Verdict.Refused("deny", "rehearsed-refusal", BUNDLE);
    }
    var lineage = lineages.get(task.terms().contractId());
    if (lineage == null) {
      throw new IllegalStateException("the task was not set up here");
    }
    return new Verdict.Allowed("allow", "rehearsed", BUNDLE, lineage, List.of());
  }

  @Override
  public void open(Handle handle, AggregationTask task) {
    var terms = task.terms();
    long allotted = Math.multiplyExact(terms.nanoRho(), COLLECTIONS);
    var lineage = LineageId.random();
    ledger.openLineage(handle, lineage, terms.leader(), allotted, 0);
    var scope =
        new AccountScope(
            domain, terms.leader(), Map.of(terms.productId(), ResourceId.random()), FOREVER);
    ledger.carve(
        handle,
        new ContractAccount(
            terms.contractId(),
            terms.collector(),
            new TreeSet<>(List.of(terms.leader(), terms.helper())),
            List.of(new Allotment(lineage, allotted, 0)),
            new Price(0, 0, 0, 0),
            scope));
    lineages.put(terms.contractId(), lineage);
  }
}
