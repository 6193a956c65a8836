package dev.weir.query.rollup;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.Operation;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.kernel.evidence.EvidenceRecord;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.contract.ContractBook;
import dev.weir.runtime.evidence.EvidenceLog;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Writes the leaves of released and refused epochs. Thread-safe. */
final class EpochEvidence {
  private final EvidenceLog log;
  private final String bundleVersion;

  EpochEvidence(EvidenceLog log, String bundleVersion) {
    this.log = log;
    this.bundleVersion = bundleVersion;
  }

  LeafId released(
      Handle handle,
      ContractBook.Entry contract,
      ProductTerms product,
      String rule,
      Instant at,
      Map<String, String> figures) {
    return append(
        handle, EvidenceKind.RELEASE, contract, product, "allow", rule, at, new TreeMap<>(figures));
  }

  LeafId refused(
      Handle handle,
      ContractBook.Entry contract,
      ProductTerms product,
      String result,
      String rule,
      Instant at,
      Map<String, String> figures) {
    return append(
        handle, EvidenceKind.DECISION, contract, product, result, rule, at, new TreeMap<>(figures));
  }

  private LeafId append(
      Handle handle,
      EvidenceKind kind,
      ContractBook.Entry contract,
      ProductTerms product,
      String result,
      String rule,
      Instant at,
      SortedMap<String, String> figures) {
    CreditCode party = EpochDecision.user(contract.state().terms()).orElseGet(product::provider);
    var record =
        new EvidenceRecord(
            EvidenceRecord.VERSION,
            LeafId.random(),
            kind,
            at,
            party,
            EpochDecision.ACTOR,
            Operation.QUERY_RUN,
            product.id().toString(),
            Optional.of(contract.state().id().toString()),
            Optional.of(result),
            Optional.of(rule),
            bundleVersion,
            figures);
    return log.append(handle, record, product.provider());
  }
}
