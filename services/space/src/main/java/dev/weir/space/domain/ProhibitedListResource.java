package dev.weir.space.domain;

import dev.weir.kernel.Operation;
import dev.weir.kernel.ResourceId;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.http.Requires;
import dev.weir.space.change.Complete;
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
import org.jspecify.annotations.Nullable;

/** The prohibited list over HTTP. */
@Path("/v1/prohibited-resources")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ProhibitedListResource {
  private static final String KEY = "Idempotency-Key";

  private final ProhibitedList list;

  public ProhibitedListResource(ProhibitedList list) {
    this.list = list;
  }

  @POST
  @Requires(Operation.PROHIBITED_LIST_EDIT)
  public Prohibition propose(
      @Auth Caller caller, @HeaderParam(KEY) @Nullable String key, ProhibitedList.ListChange body) {
    var change = Complete.body(body);
    return list.propose(
        Request.of(caller, Operation.PROHIBITED_LIST_EDIT, key, "", change), change);
  }

  @POST
  @Path("{resourceId}/approval")
  @Requires(Operation.PROHIBITED_LIST_EDIT)
  public Prohibition approve(
      @Auth Caller caller,
      @HeaderParam(KEY) @Nullable String key,
      @PathParam("resourceId") ResourceId resourceId) {
    return list.approve(
        Request.of(caller, Operation.PROHIBITED_LIST_EDIT, key, resourceId.toString(), "approval"),
        resourceId);
  }

  @GET
  @Requires(Operation.PROHIBITED_LIST_EDIT)
  public Page<Prohibition> list(@Auth Caller caller, @BeanParam PageRequest page) {
    return list.list(caller, page);
  }
}
