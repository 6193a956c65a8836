package dev.weir.space.domain;

import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.ResourceId;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.ledger.Halt;
import dev.weir.runtime.sql.ServiceScope;
import dev.weir.space.change.Change;
import dev.weir.space.change.Cursor;
import dev.weir.space.change.Hand;
import dev.weir.space.change.Plane;
import dev.weir.space.change.Request;
import dev.weir.space.resource.PostgresResourceStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The list of resources that may never be authorised; changed by two persons. Thread-safe. */
public final class ProhibitedList {
  private final Plane plane;
  private final PostgresProhibitionStore store;
  private final PostgresResourceStore resources;

  public ProhibitedList(
      Plane plane, PostgresProhibitionStore store, PostgresResourceStore resources) {
    this.plane = plane;
    this.store = store;
    this.resources = resources;
  }

  /**
   * @param listed true to put the resource on the list, false to take it off
   */
  public record ListChange(ResourceId resourceId, boolean listed, String reason) {}

  public Prohibition propose(Request request, ListChange change) {
    if (change.reason().isBlank() || change.reason().length() > 2000) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED, "A change of the list is given a reason.");
    }
    return plane
        .writes()
        .run(
            request,
            Prohibition.class,
            (handle, by) -> {
              var resource =
                  resources.find(handle, change.resourceId()).orElseThrow(Plane::notFound);
              var pending = new Prohibition.Pending(change.listed(), change.reason(), by);
              var next =
                  store
                      .lock(handle, resource.id())
                      .map(present -> present.propose(pending))
                      .orElseGet(() ->
                          Prohibition.propose(
                              resource.id(), resource.code(), resource.provider(), pending));
              store.save(handle, next);
              return record(handle, by, next, "change-proposed");
            });
  }

  /** By another person. A resource that is put on the list cannot be used from then on. */
  public Prohibition approve(Request request, ResourceId id) {
    return plane
        .writes()
        .run(
            request,
            Prohibition.class,
            (handle, by) -> {
              hold(handle, id);
              var next = store.lock(handle, id).orElseThrow(Plane::notFound).approve(by);
              store.save(handle, next);
              if (next.listed()) {
                plane.ledger().halt(handle, new Halt.Resource(id));
              }
              return record(handle, by, next, next.listed() ? "listed" : "taken-off");
            });
  }

  /** Whoever signs a contract over the resource holds it: the list changes before or after. */
  private void hold(Handle handle, ResourceId id) {
    Plane.requireVisible(resources.find(handle, id));
    ServiceScope.in(handle, "space", () -> resources.lock(handle, id));
  }

  public Page<Prohibition> list(Caller caller, PageRequest page) {
    return Cursor.page(
        plane
            .database()
            .inTransaction(caller, "space.prohibitions", handle -> store.list(handle, page)),
        page);
  }

  private Prohibition record(Handle handle, Hand by, Prohibition prohibition, String step) {
    plane
        .changes()
        .record(
            handle,
            by,
            new Change(
                Change.Thing.PROHIBITION,
                prohibition.resourceId().toString(),
                prohibition.version(),
                Operation.PROHIBITED_LIST_EDIT,
                step,
                Map.of("listed", Boolean.toString(prohibition.listed())),
                List.of(prohibition.provider(), by.party()),
                Optional.empty(),
                prohibition));
    return prohibition;
  }
}
