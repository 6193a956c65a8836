package dev.weir.space.domain;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ResourceId;
import dev.weir.policy.state.DomainState.Status;
import dev.weir.space.change.Hand;
import dev.weir.space.change.Plane;
import dev.weir.space.resource.PostgresResourceStore;
import dev.weir.space.resource.Resources;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Closes domains whose term is over, and takes resources on the prohibited list out of their
 * domains. Enforcement points check the term themselves too. Thread-safe.
 */
public final class DomainClock {
  private final Plane plane;
  private final PostgresDomainStore store;
  private final OperationDomains domains;
  private final PostgresProhibitionStore prohibitions;
  private final PostgresResourceStore resourceStore;
  private final Resources resources;

  public DomainClock(
      Plane plane,
      PostgresDomainStore store,
      OperationDomains domains,
      PostgresProhibitionStore prohibitions,
      PostgresResourceStore resourceStore,
      Resources resources) {
    this.plane = plane;
    this.store = store;
    this.domains = domains;
    this.prohibitions = prohibitions;
    this.resourceStore = resourceStore;
    this.resources = resources;
  }

  /** Takes every step that is due; each in a transaction of its own. */
  public void tick() {
    var now = plane.clock().instant();
    plane
        .database()
        .asService("space.domains-expired", handle -> store.expired(handle, now))
        .forEach(this::close);
    plane
        .database()
        .asService("space.prohibited-authorised", prohibitions::listedAndAuthorised)
        .forEach(this::withdraw);
  }

  private void close(DomainId id) {
    plane
        .database()
        .asService(
            "space.domain-expire",
            handle -> {
              store
                  .lockFree(handle, id)
                  .filter(domain -> domain.status() != Status.CLOSED)
                  .ifPresent(domain -> close(handle, domain));
              return true;
            });
  }

  private void close(Handle handle, OperationDomain domain) {
    domains.close(handle, hand(domain.operator()), domain, "term", "expired");
  }

  private void withdraw(ResourceId id) {
    plane
        .database()
        .asService(
            "space.resource-withdraw",
            handle -> {
              var resource = resourceStore.lock(handle, id);
              if (resource.domainId().isPresent()) {
                var withdrawn = resource.withdrawAuthorisation();
                resourceStore.update(handle, withdrawn);
                resources.record(
                    handle,
                    hand(resource.provider()),
                    withdrawn,
                    Operation.PROHIBITED_LIST_EDIT,
                    "authorisation-withdrawn",
                    Map.of());
              }
              return true;
            });
  }

  private Hand hand(CreditCode party) {
    return new Hand("service:space", party, plane.clock().instant().truncatedTo(ChronoUnit.MICROS));
  }
}
