package dev.weir.space.domain;

import dev.weir.kernel.DomainId;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.ResourceId;
import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.policy.state.DomainState.Status;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.space.change.Cursor;
import dev.weir.space.change.Hand;
import dev.weir.space.change.Plane;
import dev.weir.space.change.Request;
import dev.weir.space.resource.PostgresResourceStore;
import dev.weir.space.resource.Resource;
import dev.weir.space.resource.Resources;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Lets a provider put its resource into an operation domain, unless the level, the bundle's
 * prohibited categories or the prohibited list forbid it. Thread-safe.
 */
public final class Authorisation {
  private final Plane plane;
  private final PolicyBundle bundle;
  private final PostgresDomainStore domains;
  private final PostgresResourceStore store;
  private final Resources resources;
  private final PostgresProhibitionStore prohibitions;

  public Authorisation(
      Plane plane,
      PolicyBundle bundle,
      PostgresDomainStore domains,
      PostgresResourceStore store,
      Resources resources,
      PostgresProhibitionStore prohibitions) {
    this.plane = plane;
    this.bundle = bundle;
    this.domains = domains;
    this.store = store;
    this.resources = resources;
    this.prohibitions = prohibitions;
  }

  public Resource authorise(Request request, DomainId domainId, ResourceId resourceId) {
    return plane
        .writes()
        .asParticipant(
            request,
            Resource.class,
            (handle, by) -> {
              var domain = domains.find(handle, domainId).orElseThrow(Plane::notFound);
              domain.requireOpen(by.at());
              var resource = Resources.requireOwn(locked(handle, resourceId), by);
              checkProhibited(handle, resource);
              checkLevel(resource, domain);
              checkFree(handle, resource, by);
              var authorised = resource.authorise(domain.id(), domain.operator());
              store.update(handle, authorised);
              return resources.record(
                  handle,
                  by,
                  authorised,
                  Operation.DOMAIN_AUTHORISE_RESOURCE,
                  "authorised",
                  Map.of("domainId", domain.id().toString()));
            });
  }

  /** What the caller may see of the resources in a domain. */
  public Page<Resource> list(Caller caller, DomainId domainId, PageRequest page) {
    return Cursor.page(
        plane
            .database()
            .inTransaction(
                caller,
                "space.domain-resources",
                handle -> {
                  Plane.requireVisible(domains.find(handle, domainId));
                  return store.listOfDomain(handle, domainId, page);
                }),
        page);
  }

  private Resource locked(Handle handle, ResourceId id) {
    // Another party may see a resource that it cannot lock.
    Plane.requireVisible(store.find(handle, id));
    return store.lock(handle, id);
  }

  private void checkProhibited(Handle handle, Resource resource) {
    var category = bundle.prohibited(resource.schema(), resource.openness().name());
    if (category.isPresent()) {
      throw prohibited(category.get().id());
    }
    if (prohibitions.isListed(handle, resource.id())) {
      throw prohibited("prohibited-list");
    }
  }

  private static ProblemException prohibited(String rule) {
    return new ProblemException(
        ProblemType.PROHIBITED_RESOURCE,
        "The resource cannot be put under authorised operation.",
        Map.of("rule", rule));
  }

  private static void checkLevel(Resource resource, OperationDomain domain) {
    int ceiling = domain.proposal().ceilingLevel();
    if (resource.schema().level() > ceiling) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          "The resource's level is above the ceiling of the domain.",
          Map.of("level", resource.schema().level(), "ceilingLevel", ceiling));
    }
  }

  private void checkFree(Handle handle, Resource resource, Hand by) {
    boolean held =
        resource
            .domainId()
            .flatMap(id -> domains.find(handle, id))
            .filter(domain -> domain.status() != Status.CLOSED)
            .filter(domain -> by.at().isBefore(domain.proposal().term().to()))
            .isPresent();
    if (held) {
      throw new ProblemException(
          ProblemType.WRONG_STATE, "The resource is authorised into an open domain already.");
    }
  }
}
