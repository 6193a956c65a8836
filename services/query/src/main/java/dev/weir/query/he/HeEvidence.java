package dev.weir.query.he;

import dev.weir.kernel.LeafId;
import dev.weir.kernel.Operation;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.kernel.evidence.EvidenceRecord;
import dev.weir.runtime.evidence.EvidenceLog;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Writes the leaves of tickets and replies: digests, never a ciphertext. Thread-safe. */
final class HeEvidence {
  private final EvidenceLog log;

  HeEvidence(EvidenceLog log) {
    this.log = log;
  }

  LeafId append(
      Handle handle,
      EvidenceKind kind,
      HeTicket ticket,
      LeafId leaf,
      String result,
      String rule,
      Instant at,
      Map<String, String> more) {
    var figures = new TreeMap<>(more);
    figures.put("kind", ticket.kind().name());
    figures.put("rollup", ticket.rollupId());
    figures.put("dataVersion", Long.toString(ticket.dataVersion()));
    figures.put("parameterSet", ticket.parameters().label());
    figures.put("tileRoot", ticket.root());
    figures.put("product", ticket.productId().toString());
    var record =
        new EvidenceRecord(
            EvidenceRecord.VERSION,
            leaf,
            kind,
            at,
            ticket.party(),
            ticket.subject(),
            Operation.QUERY_RUN,
            ticket.id().toString(),
            Optional.of(ticket.contractId().toString()),
            Optional.of(result),
            Optional.of(rule),
            ticket.bundle(),
            figures);
    return log.append(handle, record, ticket.provider());
  }
}
