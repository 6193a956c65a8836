package dev.weir.query.he.lookup;

import dev.weir.kernel.ContractId;

/**
 * Entries of one data version under one contract, locked, as whoever evaluates lookups has them:
 * without the key they say nothing but their size. Made once.
 *
 * @param tableId 32 hexadecimal digits that name the entries over all their versions
 * @param root SHA-256 of the locked records, lower-case hexadecimal
 */
public record LockedTable(
    ContractId contractId, String tableId, long dataVersion, LookupTerms terms, String root) {

  /** The name that locks carry, and from which the key is derived. */
  public static String name(ContractId contractId, String tableId, long dataVersion) {
    return contractId + "/" + tableId + "/" + dataVersion;
  }
}
