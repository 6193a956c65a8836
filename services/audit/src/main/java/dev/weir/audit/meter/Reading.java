package dev.weir.audit.meter;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.evidence.EvidenceRecord;
import java.time.Instant;

/**
 * One meter leaf. Immutable.
 *
 * @param product ids of the products used, in order, separated by spaces; {@code -} where the leaf
 *     names none
 * @param requestId what was metered
 * @param calls 1 for a call, 0 for a correction
 * @param freeCalls how many of the calls were free of charge
 * @param nanoRho privacy budget spent by the call, over all lineages
 * @param fen charged; negative in a correction that refunds
 * @param reason of a correction; empty for a call
 */
public record Reading(
    long index,
    LeafId leafId,
    Instant at,
    ContractId contractId,
    String product,
    String requestId,
    long calls,
    long freeCalls,
    long nanoRho,
    long fen,
    String reason) {
  static final String NO_PRODUCT = "-";

  /**
   * @throws NumberFormatException when a figure is no number, {@link
   *     java.util.NoSuchElementException} when the leaf names no contract
   */
  public static Reading of(long index, EvidenceRecord leaf) {
    return new Reading(
        index,
        leaf.id(),
        leaf.time(),
        ContractId.of(leaf.contractId().orElseThrow()),
        leaf.figures().getOrDefault("products", NO_PRODUCT),
        leaf.object(),
        figure(leaf, "calls"),
        figure(leaf, "freeCalls"),
        figure(leaf, "nanoRho"),
        figure(leaf, "fen"),
        leaf.figures().getOrDefault("reason", ""));
  }

  private static long figure(EvidenceRecord leaf, String name) {
    return Long.parseLong(leaf.figures().getOrDefault(name, "0"));
  }
}
