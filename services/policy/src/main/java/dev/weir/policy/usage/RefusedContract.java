package dev.weir.policy.usage;

import dev.weir.policy.contract.ContractTerms;
import java.util.List;

/**
 * A contract that cannot be enforced as written. Every use under it is denied by default.
 *
 * @param findings at least one of them more than a warning
 */
public record RefusedContract(ContractTerms terms, List<Finding> findings) implements LoadedPolicy {
  public RefusedContract {
    findings = List.copyOf(findings);
  }
}
