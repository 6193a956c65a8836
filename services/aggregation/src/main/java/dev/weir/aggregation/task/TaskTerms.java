package dev.weir.aggregation.task;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.weir.dap.wire.Bytes;
import dev.weir.kernel.Bilingual;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.ProductId;
import dev.weir.runtime.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * What a task demands beyond DAP's own configuration, in which only the digest of these terms
 * appears: whoever holds other terms opens no share. Immutable.
 *
 * @param purpose one of the contract's
 * @param contractId whose budget pays and whose policy is asked
 * @param productId the contract's product that stands for the contributions
 * @param leader operator of the leader; another party than {@code helper}
 * @param collector the only party that may collect
 * @param collectorKey HPKE configuration in base64url
 * @param verifyKeyCommitment SHA-256 of the seed of the verify key, lower-case hex; it fixes the
 *     key before the first report
 * @param contributors the only ones whose reports count; keys distinct
 * @param minContributors of how many different parties a batch must hold reports
 * @param maxReportsPerContributor of one party, over all its keys, in one time unit of the task or
 *     in one leader-selected batch; a batch of several units holds up to so many of each
 * @param maxReportAgeSeconds older reports are refused, at upload {@link #outageSeconds} sooner; no
 *     longer than either aggregator's topics keep messages, or the task is not set up
 * @param clockSkewSeconds how far a report may be ahead of the aggregator's clock
 * @param nanoRho zCDP ρ·10⁻⁹ of the noise that each aggregator adds to a collection; replacing one
 *     record by another is what it hides
 * @param vectors how a task of vectors encodes records; without it a record is a report
 * @param robustness what the task lacks of it; all parties agree to that with the terms
 */
public record TaskTerms(
    Bilingual title,
    String purpose,
    ContractId contractId,
    ProductId productId,
    CreditCode leader,
    CreditCode helper,
    CreditCode collector,
    String collectorKey,
    String verifyKeyCommitment,
    List<Contributor> contributors,
    int minContributors,
    int maxReportsPerContributor,
    long maxReportAgeSeconds,
    long clockSkewSeconds,
    long nanoRho,
    Optional<VectorTerms> vectors,
    Optional<Robustness> robustness) {
  private static final int MAX_CONTRIBUTORS = 10_000;
  private static final long MIN_AGE_SECONDS = 2 * 3600;
  private static final long MAX_AGE_SECONDS = 90L * 24 * 3600;
  private static final long MAX_SKEW_SECONDS = 600;
  private static final long OUTAGE_SECONDS = 3600;

  /**
   * @throws ProblemException of type {@code VALIDATION_FAILED} that names the broken rule
   */
  public TaskTerms {
    contributors = List.copyOf(contributors);
    require(!leader.equals(helper), "leader and helper are different operators");
    require(
        !contributors.isEmpty() && contributors.size() <= MAX_CONTRIBUTORS,
        "1 to 10000 contributors");
    require(
        contributors.stream().map(Contributor::id).distinct().count() == contributors.size(),
        "contributors with distinct keys");
    require(
        minContributors >= 1 && minContributors <= parties(contributors),
        "minContributors from 1 to the number of its contributors' parties");
    require(maxReportsPerContributor >= 1, "maxReportsPerContributor of at least 1");
    require(
        maxReportAgeSeconds >= MIN_AGE_SECONDS && maxReportAgeSeconds <= MAX_AGE_SECONDS,
        "maxReportAgeSeconds from 2 hours to 90 days");
    require(
        clockSkewSeconds >= 0 && clockSkewSeconds <= MAX_SKEW_SECONDS,
        "clockSkewSeconds from 0 to 600");
    require(nanoRho > 0, "nanoRho above 0: no share leaves without noise");
    require(
        nanoRho <= Long.MAX_VALUE / vectors.map(VectorTerms::rounds).orElse(1),
        "nanoRho that all rounds together can hold");
    require(verifyKeyCommitment.matches("[0-9a-f]{64}"), "verifyKeyCommitment in hex");
  }

  /** Terms of a task in which a record is a report. */
  public TaskTerms(
      Bilingual title,
      String purpose,
      ContractId contractId,
      ProductId productId,
      CreditCode leader,
      CreditCode helper,
      CreditCode collector,
      String collectorKey,
      String verifyKeyCommitment,
      List<Contributor> contributors,
      int minContributors,
      int maxReportsPerContributor,
      long maxReportAgeSeconds,
      long clockSkewSeconds,
      long nanoRho) {
    this(
        title,
        purpose,
        contractId,
        productId,
        leader,
        helper,
        collector,
        collectorKey,
        verifyKeyCommitment,
        contributors,
        minContributors,
        maxReportsPerContributor,
        maxReportAgeSeconds,
        clockSkewSeconds,
        nanoRho,
        Optional.empty(),
        Optional.empty());
  }

  private static long parties(List<Contributor> contributors) {
    return contributors.stream().map(Contributor::party).distinct().count();
  }

  /** What everybody who takes part is told of robustness; empty where proofs hold measurements. */
  public Optional<Bilingual> notice() {
    return robustness.map(Robustness::notice);
  }

  /** How many batches may be collected, where the terms say it. */
  public Optional<Integer> rounds() {
    return vectors.map(VectorTerms::rounds);
  }

  /**
   * How long a report that was taken may wait for a lane and still counts: each lane judges its age
   * again. An hour, by clocks that are as far apart as the terms allow, or half of the greatest age
   * where that is less.
   */
  public long outageSeconds() {
    return Math.min(OUTAGE_SECONDS + clockSkewSeconds, maxReportAgeSeconds / 2);
  }

  /** What all rounds of a task of vectors cost together, zCDP ρ·10⁻⁹ of one aggregator. */
  public long nanoRhoOfAllRounds() {
    return Math.multiplyExact(nanoRho, vectors.map(VectorTerms::rounds).orElse(1));
  }

  /** Over the canonical JSON (RFC 8785). */
  @JsonIgnore
  public Bytes sha256() {
    return Bytes.owning(Json.canonical(this)).sha256();
  }

  static void require(boolean holds, String rule) {
    if (!holds) {
      throw new ProblemException(ProblemType.VALIDATION_FAILED, "The task needs " + rule + ".");
    }
  }
}
