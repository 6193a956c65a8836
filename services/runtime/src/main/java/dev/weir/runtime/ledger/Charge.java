package dev.weir.runtime.ledger;

import dev.weir.kernel.LineageId;

/** What an answer costs one lineage; both 0 for an exact product. */
public record Charge(LineageId lineageId, long nanoRho, long picoDelta) {
  public Charge {
    if (nanoRho < 0 || picoDelta < 0) {
      throw new IllegalArgumentException("a charge is not negative");
    }
  }
}
