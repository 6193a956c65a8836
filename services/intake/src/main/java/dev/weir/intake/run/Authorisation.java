package dev.weir.intake.run;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.ResourceId;
import dev.weir.policy.state.ResourceState;

/** Whether a resource may take records now: a border to the control plane's state. */
@FunctionalInterface
public interface Authorisation {

  /**
   * @param provider on whose behalf records are brought
   * @throws dev.weir.kernel.ProblemException of type NOT_FOUND for a resource of another provider,
   *     WRONG_STATE when it is not authorised to an active domain, UNAVAILABLE while the state is
   *     not known
   */
  Authorised check(CreditCode provider, ResourceId resource);

  /** An authorised resource, its domain and the domain's operator. */
  record Authorised(ResourceState resource, DomainId domain, CreditCode operator) {}
}
