package dev.weir.aggregation.collect;

import dev.weir.aggregation.http.DapBody;
import dev.weir.aggregation.http.DapLocations;
import dev.weir.aggregation.http.NamedTask;
import dev.weir.aggregation.task.RefusedRequests;
import dev.weir.dap.DapMediaType;
import dev.weir.dap.collection.AggregateShareReq;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.wire.WireReader;
import dev.weir.kernel.Operation;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Requires;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Aggregate shares, for a foreign leader. An empty body means: ask again at the Location. */
@Path("/dap/tasks/{task}/aggregate_shares")
public final class ShareResource {
  private final ShareDesk desk;
  private final RefusedRequests refused;
  private final DapLocations locations;

  public ShareResource(ShareDesk desk, RefusedRequests refused, DapLocations locations) {
    this.desk = desk;
    this.refused = refused;
    this.locations = locations;
  }

  @POST
  @Consumes(DapMediaType.ESSENCE)
  @Requires(Operation.AGGREGATION_HELP)
  public Response begin(
      @Auth Caller caller,
      @PathParam("task") TaskId task,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String type,
      byte[] body) {
    var known = desk.known(task);
    var request =
        refused.of(
            caller,
            Operation.AGGREGATION_HELP,
            known,
            body,
            () -> {
              desk.own(caller, task);
              return NamedTask.in(
                  task,
                  () -> {
                    DapBody.require(type, DapMediaType.AGGREGATE_SHARE_REQ);
                    return WireReader.whole(body, AggregateShareReq::read);
                  });
            });
    return NamedTask.in(task, () -> answer(task, desk.begin(caller, task, request)));
  }

  @GET
  @Path("/{id}")
  @Requires(Operation.AGGREGATION_HELP)
  public Response read(
      @Auth Caller caller, @PathParam("task") TaskId task, @PathParam("id") CollectionId id) {
    return NamedTask.in(
        desk.own(caller, task).id(), () -> answer(task, desk.read(caller, task, id)));
  }

  @DELETE
  @Path("/{id}")
  @Requires(Operation.AGGREGATION_HELP)
  public Response abandon(
      @Auth Caller caller, @PathParam("task") TaskId task, @PathParam("id") CollectionId id) {
    return NamedTask.in(
        desk.own(caller, task).id(),
        () -> {
          desk.abandon(caller, task, id);
          return Response.ok().build();
        });
  }

  private Response answer(TaskId task, ShareDesk.Asking asking) {
    var response =
        Response.ok().header(HttpHeaders.LOCATION, locations.aggregateShare(task, asking.id()));
    return asking
        .share()
        .map(share ->
            response
                .type(DapMediaType.AGGREGATE_SHARE.toString())
                .entity(share.encoded().toArray()))
        .orElseGet(() -> response.header(HttpHeaders.RETRY_AFTER, "1"))
        .build();
  }
}
