package dev.weir.intake.run;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.ResourceId;
import dev.weir.policy.state.DomainState;
import dev.weir.policy.state.ResourceState;
import dev.weir.runtime.state.StateView;
import java.time.InstantSource;

/** Authorisation by what {@code space.resources} and {@code space.domains} say. Thread-safe. */
public final class KafkaAuthorisation implements Authorisation {
  private final StateView<ResourceState> resources;
  private final StateView<DomainState> domains;
  private final InstantSource clock;

  public KafkaAuthorisation(
      StateView<ResourceState> resources, StateView<DomainState> domains, InstantSource clock) {
    this.resources = resources;
    this.domains = domains;
    this.clock = clock;
  }

  @Override
  public Authorised check(CreditCode provider, ResourceId id) {
    if (!resources.caughtUp() || !domains.caughtUp()) {
      throw new ProblemException(
          ProblemType.UNAVAILABLE, "The state of the data space is not known yet; try again.");
    }
    ResourceState resource =
        resources
            .get(id.toString())
            .filter(state -> state.provider().equals(provider))
            .orElseThrow(
                () -> new ProblemException(ProblemType.NOT_FOUND, "There is no such resource."));
    if (resource.status() != ResourceState.Status.REGISTERED) {
      throw wrong("The resource is cancelled.");
    }
    DomainState domain =
        resource
            .domainId()
            .flatMap(domainId -> domains.get(domainId.toString()))
            .filter(state -> state.status() == DomainState.Status.ACTIVE)
            .orElseThrow(() -> wrong("The resource is not authorised to an active domain."));
    if (!domain.term().contains(clock.instant())) {
      throw wrong("The domain's term does not include this moment.");
    }
    if (resource.schema().level() > domain.ceilingLevel()) {
      throw wrong("The resource's level is above the domain's ceiling.");
    }
    return new Authorised(resource, domain.id(), domain.operator());
  }

  private static ProblemException wrong(String detail) {
    return new ProblemException(ProblemType.WRONG_STATE, detail);
  }
}
