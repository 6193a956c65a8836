package dev.weir.runtime.ledger;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.QueryId;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What an aggregator asks the ledger of the operation domain to charge before its share of a batch
 * leaves. Both aggregators ask, with the same canonical batch: the ledger charges once.
 *
 * @param requestId names the collection at that aggregator
 * @param party the collector
 * @param actor who asked for the collection
 * @param canonicalSha256 over task, batch and what the batch holds, lower-case hex; the same at
 *     both
 * @param nanoRho zCDP ρ·10⁻⁹, above 0
 * @param limits counted again under lock
 * @param bundle version of the policy bundle that allowed it
 */
public record CollectionCharge(
    QueryId requestId,
    ContractId contractId,
    CreditCode party,
    String actor,
    String canonicalSha256,
    LineageId lineageId,
    ProductId productId,
    long nanoRho,
    List<Limit> limits,
    String bundle) {
  /** Contributions have no versions: what a batch holds is in its canonical form. */
  private static final long VERSION = 1;

  public CollectionCharge {
    limits = List.copyOf(limits);
    if (nanoRho <= 0 || !canonicalSha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("a collection costs something and has a canonical form");
    }
  }

  /**
   * A quota of the contract.
   *
   * @param windowSeconds 0 for a quota of the whole term
   */
  public record Limit(String rule, long maxCalls, long windowSeconds) {
    public static Limit of(CallLimit limit) {
      return new Limit(
          limit.rule(), limit.maxCalls(), limit.span().map(Duration::toSeconds).orElse(0L));
    }

    CallLimit limit() {
      return windowSeconds == 0
          ? new CallLimit.InAll(rule, maxCalls)
          : new CallLimit.Within(rule, maxCalls, Duration.ofSeconds(windowSeconds));
    }
  }

  /**
   * As the ledger takes it. The stored answer says which batch; the share itself stays with its
   * aggregator.
   */
  public SpendRequest spend() {
    return new SpendRequest(
        requestId,
        contractId,
        party,
        actor,
        canonicalSha256,
        SpendRequest.sorted(Map.of(lineageId, VERSION)),
        List.of(new Charge(lineageId, nanoRho, 0)),
        limits.stream().map(Limit::limit).toList(),
        "{\"batchSha256\":\"" + canonicalSha256 + "\"}",
        List.of(),
        bundle,
        List.of(productId));
  }
}
