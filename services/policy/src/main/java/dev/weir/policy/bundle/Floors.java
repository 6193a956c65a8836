package dev.weir.policy.bundle;

import java.time.Duration;

/**
 * Limits that no contract, product or setting may pass. Their sources are in {@code
 * compliance/retention.md} and {@code compliance/sources.md}.
 *
 * @param minGroup smallest minimum group of an exact product or contract, in records
 * @param logRetentionDays how long network, use and operation logs stay at least
 * @param personalRecordRetentionDays how long records of providing or entrusting personal or
 *     important data stay at least
 * @param cancelledNodeRetentionDays how long data reported by a cancelled participant stay at least
 * @param maxAgreementDays longest term of an operation agreement
 * @param maxContractDays longest term of a digital contract
 * @param maxLineageNanoRho highest cap of a lineage, zCDP ρ in 10⁻⁹
 * @param maxLineagePicoDelta highest δ cap of a lineage in 10⁻¹²
 * @param permitSeconds how long a permit lives at most before the use must start
 */
public record Floors(
    int minGroup,
    int logRetentionDays,
    int personalRecordRetentionDays,
    int cancelledNodeRetentionDays,
    int maxAgreementDays,
    int maxContractDays,
    long maxLineageNanoRho,
    long maxLineagePicoDelta,
    int permitSeconds) {
  private static final int LEGAL_LOG_DAYS = 180;

  public Floors {
    boolean sane =
        minGroup >= 2
            && logRetentionDays >= LEGAL_LOG_DAYS
            && personalRecordRetentionDays >= logRetentionDays
            && cancelledNodeRetentionDays >= logRetentionDays
            && maxAgreementDays > 0
            && maxContractDays > 0
            && maxLineageNanoRho > 0
            && maxLineagePicoDelta >= 0
            && permitSeconds > 0;
    if (!sane) {
      throw new IllegalArgumentException("a floor of the bundle is below what the law asks");
    }
  }

  public Duration permitLife() {
    return Duration.ofSeconds(permitSeconds);
  }
}
