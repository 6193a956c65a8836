package dev.weir.policy.bundle;

import dev.weir.kernel.Operation;
import dev.weir.kernel.Role;
import dev.weir.policy.contract.PartyType;
import dev.weir.policy.term.Action;
import dev.weir.policy.term.ConstraintName;
import java.util.Set;

/**
 * One row of the map from operations to contract terms.
 *
 * @param roles who may ask for the operation; one of them suffices
 * @param action what the operation is in a contract; {@code expansionItem} for operations of the
 *     platform that no contract speaks of
 * @param constraints what a contract may bind the operation by; empty where no contract speaks of
 *     it
 * @param parties which party of the contract may ask; empty where being a party is not needed
 */
public record OperationRule(
    Operation operation,
    Set<Role> roles,
    Action action,
    Set<ConstraintName> constraints,
    Set<PartyType> parties) {
  public OperationRule {
    roles = Set.copyOf(roles);
    constraints = Set.copyOf(constraints);
    parties = Set.copyOf(parties);
  }
}
