package dev.weir.policy.usage;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.Term;
import dev.weir.policy.state.ContractState;
import dev.weir.policy.state.DomainState;
import java.util.Set;

/**
 * What changes about a contract after it was signed, as last heard from the control plane.
 *
 * @param inForce signed or in performance, and not ended
 * @param stoppedProducts stopped by the provider
 * @param purposes of the domain's approved use scene
 * @param domainTerm of the operation agreement
 */
public record ContractFacts(
    ContractId contract,
    boolean inForce,
    Set<ProductId> stoppedProducts,
    boolean domainActive,
    Set<String> purposes,
    Term domainTerm) {
  public ContractFacts {
    stoppedProducts = Set.copyOf(stoppedProducts);
    purposes = Set.copyOf(purposes);
  }

  public static ContractFacts of(ContractState contract, DomainState domain) {
    boolean signed =
        switch (contract.status()) {
          case SIGNED, IN_PERFORMANCE -> true;
          case INITIATED, NEGOTIATING, SIGNING_FAILED, ENDED -> false;
        };
    return new ContractFacts(
        contract.id(),
        signed && contract.ended().isEmpty(),
        contract.stoppedProducts(),
        domain.status() == DomainState.Status.ACTIVE
            && domain.id().equals(contract.terms().domainId()),
        domain.purposes(),
        domain.term());
  }
}
