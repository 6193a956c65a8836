package dev.weir.policy.usage;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProductId;
import dev.weir.policy.decision.Recheck;
import dev.weir.policy.request.UsageRequest;
import dev.weir.policy.term.Action;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Leave to make one use. Only {@link UsageControl} can make one, so a reader of domain data that
 * asks for a permit cannot be reached past the engine. Immutable; not for storing or sending.
 */
public final class Permit {
  private final ContractId contract;
  private final UsageRequest request;
  private final Instant expires;
  private final List<Recheck> rechecks;
  private final String ruleId;
  private final String bundleVersion;

  Permit(
      ContractId contract,
      UsageRequest request,
      Instant expires,
      List<Recheck> rechecks,
      String ruleId,
      String bundleVersion) {
    this.contract = contract;
    this.request = request;
    this.expires = expires;
    this.rechecks = List.copyOf(rechecks);
    this.ruleId = ruleId;
    this.bundleVersion = bundleVersion;
  }

  public ContractId contract() {
    return contract;
  }

  public CreditCode party() {
    return request.subject().party();
  }

  public Action action() {
    return request.action();
  }

  public Set<ProductId> products() {
    return request.object().products();
  }

  public String purpose() {
    return request.environment().purpose();
  }

  /** Reading must start before this instant. */
  public Instant expires() {
    return expires;
  }

  public boolean covers(ProductId product, Instant now) {
    return products().contains(product) && now.isBefore(expires);
  }

  /** What the committing transaction checks again. */
  public List<Recheck> rechecks() {
    return rechecks;
  }

  /** Id of the permission that allowed it. */
  public String ruleId() {
    return ruleId;
  }

  public String bundleVersion() {
    return bundleVersion;
  }

  @Override
  public String toString() {
    return "Permit[contract=" + contract + ", action=" + action().standardName() + "]";
  }
}
