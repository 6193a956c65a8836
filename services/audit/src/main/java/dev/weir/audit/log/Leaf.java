package dev.weir.audit.log;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.evidence.EvidenceRecord;
import java.util.List;
import java.util.Optional;

/**
 * A leaf on its way into the log. Immutable.
 *
 * @param source the service that wrote it
 * @param readers parties that may read it
 * @param record what {@code body} says
 */
public record Leaf(String source, List<CreditCode> readers, EvidenceRecord record, LeafBytes body) {
  public Leaf {
    readers = List.copyOf(readers);
  }

  public LeafId id() {
    return record.id();
  }

  public Optional<ContractId> contractId() {
    return record.contractId().map(ContractId::of);
  }
}
