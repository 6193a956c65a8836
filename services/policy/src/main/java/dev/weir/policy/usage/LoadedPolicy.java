package dev.weir.policy.usage;

import dev.weir.policy.contract.ContractTerms;
import java.util.List;

/** A contract's policy after loading: ready to decide by, or refused with what was found. */
public sealed interface LoadedPolicy permits CheckedContract, RefusedContract {
  ContractTerms terms();

  /** Everything found; for a checked contract only warnings. */
  List<Finding> findings();
}
