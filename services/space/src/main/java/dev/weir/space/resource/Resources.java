package dev.weir.space.resource;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.IdentificationCode;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.ResourceId;
import dev.weir.kernel.data.RecordSchema;
import dev.weir.policy.state.ResourceState.Status;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.ledger.Halt;
import dev.weir.space.change.Change;
import dev.weir.space.change.Cursor;
import dev.weir.space.change.Hand;
import dev.weir.space.change.HistoryEntry;
import dev.weir.space.change.Plane;
import dev.weir.space.change.PostgresCodes;
import dev.weir.space.change.Request;
import dev.weir.space.lineage.Lineage;
import dev.weir.space.lineage.PostgresLineageStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Registers, cancels and shows data resources. Thread-safe. */
public final class Resources {
  private final Plane plane;
  private final PostgresResourceStore store;
  private final PostgresLineageStore lineages;
  private final PostgresCodes codes;

  public Resources(
      Plane plane,
      PostgresResourceStore store,
      PostgresLineageStore lineages,
      PostgresCodes codes) {
    this.plane = plane;
    this.store = store;
    this.lineages = lineages;
    this.codes = codes;
  }

  public Resource register(Request request, ResourceDraft draft) {
    draft.checkTexts();
    var schema = draft.confirmedSchema();
    return plane
        .writes()
        .asParticipant(
            request,
            Resource.class,
            (handle, by) -> {
              var resource = assemble(handle, by, draft, schema);
              store.insert(handle, resource);
              return record(
                  handle, by, resource, Operation.RESOURCE_REGISTER, "registered", Map.of());
            });
  }

  private Resource assemble(Handle handle, Hand by, ResourceDraft draft, RecordSchema schema) {
    var id = ResourceId.random();
    return new Resource(
        id,
        1,
        assignCode(handle, by, id),
        by.party(),
        draft.lineageId().isPresent()
            ? inherited(handle, by, draft.lineageId().get())
            : opened(handle, by.party()),
        Optional.empty(),
        Optional.empty(),
        draft.title(),
        draft.description(),
        draft.topic(),
        draft.openness(),
        schema,
        draft.synthetic(),
        Status.REGISTERED,
        by);
  }

  /** Keeps code, description and history; nothing new can be made of it and no use goes on. */
  public Resource cancel(Request request, ResourceId id) {
    return plane
        .writes()
        .asParticipant(
            request,
            Resource.class,
            (handle, by) -> {
              var cancelled = requireOwn(store.lock(handle, id), by).cancel();
              store.update(handle, cancelled);
              plane.ledger().halt(handle, new Halt.Resource(id));
              return record(
                  handle, by, cancelled, Operation.RESOURCE_CANCEL, "cancelled", Map.of());
            });
  }

  public Resource get(Caller caller, ResourceId id) {
    return plane
        .database()
        .inTransaction(
            caller,
            "space.resource",
            handle -> store.find(handle, id).orElseThrow(Plane::notFound));
  }

  public Page<Resource> list(Caller caller, PageRequest page) {
    return Cursor.page(
        plane
            .database()
            .inTransaction(caller, "space.resources", handle -> store.list(handle, page)),
        page);
  }

  public Page<HistoryEntry> history(Caller caller, ResourceId id, PageRequest page) {
    return plane
        .database()
        .inTransaction(
            caller,
            "space.resource-history",
            handle -> {
              Plane.requireVisible(store.find(handle, id));
              return plane.history().list(handle, Change.Thing.RESOURCE, id.toString(), page);
            });
  }

  /** Records what was done to a resource, here or by the domain it belongs to. */
  public Resource record(
      Handle handle,
      Hand by,
      Resource resource,
      Operation operation,
      String step,
      Map<String, String> figures) {
    plane
        .changes()
        .record(
            handle,
            by,
            new Change(
                Change.Thing.RESOURCE,
                resource.id().toString(),
                resource.version(),
                operation,
                step,
                with(figures, resource),
                readers(resource, by),
                Optional.of(resource.state()),
                resource));
    return resource;
  }

  /**
   * @throws ProblemException of type {@link ProblemType#FORBIDDEN} when another party may see it
   *     but not decide on it
   */
  public static Resource requireOwn(Resource resource, Hand by) {
    if (!resource.provider().equals(by.party())) {
      throw new ProblemException(ProblemType.FORBIDDEN, "Only the provider may do this.");
    }
    return resource;
  }

  private IdentificationCode assignCode(Handle handle, Hand by, ResourceId id) {
    return codes.assign(
        handle,
        "resource",
        id.value(),
        by.at(),
        () ->
            IdentificationCode.assign(
                IdentificationCode.Type.RESOURCE,
                by.party(),
                PostgresCodes.areaOf(by.party()),
                plane.random()));
  }

  private LineageId inherited(Handle handle, Hand by, LineageId id) {
    return lineages
        .find(handle, id)
        .filter(lineage -> lineage.owner().equals(by.party()))
        .orElseThrow(Plane::notFound)
        .id();
  }

  private LineageId opened(Handle handle, CreditCode owner) {
    var lineage = Lineage.open(LineageId.random(), owner);
    lineages.insert(handle, lineage);
    return lineage.id();
  }

  private static Map<String, String> with(Map<String, String> figures, Resource resource) {
    var all = new java.util.TreeMap<>(figures);
    all.put("code", resource.code().value());
    all.put("lineageId", resource.lineageId().toString());
    all.put("level", Integer.toString(resource.schema().level()));
    return all;
  }

  private static List<CreditCode> readers(Resource resource, Hand by) {
    return Stream.concat(Stream.of(resource.provider(), by.party()), resource.operator().stream())
        .toList();
  }
}
