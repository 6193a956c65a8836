package dev.weir.policy.contract;

import dev.weir.kernel.LineageId;

/**
 * The share of a lineage's privacy budget carved out for one contract at signing.
 *
 * @param nanoRho zCDP ρ in units of 10⁻⁹
 * @param picoDelta δ for private group selection in units of 10⁻¹²; 0 where groups come from
 *     declared key domains
 */
public record Allotment(LineageId lineageId, long nanoRho, long picoDelta) {
  public Allotment {
    if (nanoRho < 0 || picoDelta < 0) {
      throw new IllegalArgumentException("an allotment is not negative");
    }
  }
}
