package dev.weir.kernel.evidence;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.Operation;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One leaf of the evidence log. Its RFC 8785 bytes are the leaf; they hold ids, counts, digests and
 * rule ids, never a record, a value or a name of a person. Immutable.
 *
 * @param v version of this shape, 1
 * @param time when it was committed
 * @param party on whose behalf the actor acted
 * @param actor subject id of the token, or the service's name
 * @param operation the operation asked for
 * @param object id of what it was done to
 * @param contractId UUID of the contract concerned
 * @param decision allow, conditional, deny or default-deny for decisions
 * @param rule id of the deciding rule
 * @param bundle version of the policy bundle
 * @param figures further figures by name: counts, nanoRho, fen, digests; values are decimal
 *     integers, digests or ids
 */
public record EvidenceRecord(
    int v,
    LeafId id,
    EvidenceKind kind,
    Instant time,
    CreditCode party,
    String actor,
    Operation operation,
    String object,
    Optional<String> contractId,
    Optional<String> decision,
    Optional<String> rule,
    String bundle,
    SortedMap<String, String> figures) {
  public static final int VERSION = 1;
  public static final int MAX_LEAF_BYTES = 65_535;

  public EvidenceRecord {
    figures = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(figures));
  }

  /** A record without contract, decision or rule. */
  public static EvidenceRecord of(
      EvidenceKind kind,
      Instant time,
      CreditCode party,
      String actor,
      Operation operation,
      String object,
      String bundle,
      Map<String, String> figures) {
    return new EvidenceRecord(
        VERSION,
        LeafId.random(),
        kind,
        time,
        party,
        actor,
        operation,
        object,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        bundle,
        new TreeMap<>(figures));
  }
}
