package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.collect.CollectionRow.Failure;
import dev.weir.aggregation.collect.DomainLedger;
import dev.weir.kernel.ContractId;
import dev.weir.runtime.ledger.CollectionCharge;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ledger of the operation domain as both aggregators of a rehearsal reach it: charges a batch
 * once and never dies. Confined.
 */
final class RehearsalLedger implements DomainLedger {
  private final Map<String, CollectionCharge> charged = new HashMap<>();

  @Override
  public Optional<Failure> charge(CollectionCharge charge) {
    charged.putIfAbsent(charge.canonicalSha256(), charge);
    return Optional.empty();
  }

  /** What a contract was charged, ρ·10⁻⁹. */
  long charged(ContractId contract) {
    return charged.values().stream()
        .filter(charge -> charge.contractId().equals(contract))
        .mapToLong(CollectionCharge::nanoRho)
        .sum();
  }
}
