package dev.weir.runtime.ledger;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.QueryId;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An answer that is ready to be released, and what it costs.
 *
 * @param requestId a repetition of the same id is charged once
 * @param party the consumer
 * @param actor subject id of the token
 * @param canonicalSha256 of the canonical query, lower-case hex
 * @param dataVersions by lineage; together with the canonical query they name the answer
 * @param charges at most one for each lineage
 * @param limits counted again under lock
 * @param answer JSON as it will be released, at most 16 MiB; stored, never read by the ledger
 * @param cohorts of an exact answer, for later differencing checks; empty for a dp one
 * @param bundle version of the policy bundle that allowed it
 * @param products that were used, for the bill
 */
public record SpendRequest(
    QueryId requestId,
    ContractId contractId,
    CreditCode party,
    String actor,
    String canonicalSha256,
    SortedMap<LineageId, Long> dataVersions,
    List<Charge> charges,
    List<CallLimit> limits,
    String answer,
    List<Cohort> cohorts,
    String bundle,
    List<ProductId> products) {
  static final Comparator<LineageId> LINEAGE_ORDER =
      Comparator.comparing(lineage -> lineage.value().toString());
  private static final Comparator<ProductId> PRODUCT_ORDER =
      Comparator.comparing(ProductId::toString);

  public SpendRequest {
    dataVersions = Collections.unmodifiableSortedMap(sorted(dataVersions));
    charges =
        charges.stream().sorted(Comparator.comparing(Charge::lineageId, LINEAGE_ORDER)).toList();
    limits = List.copyOf(limits);
    cohorts = List.copyOf(cohorts);
    products = products.stream().distinct().sorted(PRODUCT_ORDER).toList();
    if (charges.stream().map(Charge::lineageId).distinct().count() != charges.size()) {
      throw new IllegalArgumentException("a lineage is charged once");
    }
  }

  /** The charges that take something. */
  List<Charge> payable() {
    return charges.stream()
        .filter(charge -> charge.nanoRho() > 0 || charge.picoDelta() > 0)
        .toList();
  }

  /** A map in the order in which the ledger locks lineages. */
  public static SortedMap<LineageId, Long> sorted(Map<LineageId, Long> dataVersions) {
    var sorted = new TreeMap<LineageId, Long>(LINEAGE_ORDER);
    sorted.putAll(dataVersions);
    return sorted;
  }

  /**
   * One exact row that is released.
   *
   * @param records how many records it rests on
   * @param descriptor which records, in the caller's own terms; at most 64 KiB
   */
  public record Cohort(LineageId lineageId, long dataVersion, long records, String descriptor) {}
}
