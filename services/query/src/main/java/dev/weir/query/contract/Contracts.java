package dev.weir.query.contract;

import dev.weir.kernel.ContractId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Contracts as an enforcement point knows them: a border to the control plane. Thread-safe. */
public interface Contracts {

  /**
   * @throws dev.weir.kernel.ProblemException of type {@code UNAVAILABLE} while the newest state is
   *     not known
   */
  Optional<ContractBook.Entry> find(ContractId id);

  /** The contracts that may be used now; none while the newest state is not known. */
  List<ContractBook.Entry> inForce(Instant now);
}
