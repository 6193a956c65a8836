package dev.weir.space.resource;

import dev.weir.kernel.Operation;
import dev.weir.kernel.ResourceId;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.http.Requires;
import dev.weir.space.change.Complete;
import dev.weir.space.change.HistoryEntry;
import dev.weir.space.change.Reason;
import dev.weir.space.change.Request;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Data resources over HTTP. */
@Path("/v1/resources")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class DataResourceResource {
  private static final String KEY = "Idempotency-Key";

  private final Resources resources;

  public DataResourceResource(Resources resources) {
    this.resources = resources;
  }

  @POST
  @Requires(Operation.RESOURCE_REGISTER)
  public Response register(
      @Auth Caller caller, @HeaderParam(KEY) @Nullable String key, ResourceDraft body) {
    var draft = Complete.body(body);
    var request = Request.of(caller, Operation.RESOURCE_REGISTER, key, "", draft);
    return Response.status(Response.Status.CREATED)
        .entity(resources.register(request, draft))
        .build();
  }

  @GET
  @Requires(Operation.RESOURCE_READ)
  public Page<Resource> list(@Auth Caller caller, @BeanParam PageRequest page) {
    return resources.list(caller, page);
  }

  @GET
  @Path("{id}")
  @Requires(Operation.RESOURCE_READ)
  public Resource get(@Auth Caller caller, @PathParam("id") ResourceId id) {
    return resources.get(caller, id);
  }

  @GET
  @Path("{id}/history")
  @Requires(Operation.RESOURCE_READ)
  public Page<HistoryEntry> history(
      @Auth Caller caller, @PathParam("id") ResourceId id, @BeanParam PageRequest page) {
    return resources.history(caller, id, page);
  }

  @POST
  @Path("{id}/cancellation")
  @Requires(Operation.RESOURCE_CANCEL)
  public Resource cancel(
      @Auth Caller caller,
      @HeaderParam(KEY) @Nullable String key,
      @PathParam("id") ResourceId id,
      Reason body) {
    Complete.body(body).checked();
    return resources.cancel(
        Request.of(caller, Operation.RESOURCE_CANCEL, key, id.toString(), body), id);
  }
}
