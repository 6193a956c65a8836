package dev.weir.query.sum.custody;

import dev.weir.kernel.Operation;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Requires;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Released sums, for the consumer of their task. */
@Path("/v1/sums")
@Produces(MediaType.APPLICATION_JSON)
public final class SumResource {
  private final SumDesk desk;

  SumResource(SumDesk desk) {
    this.desk = desk;
  }

  @GET
  @Path("/{task}/{window}/{group}")
  @Requires(Operation.AGGREGATION_COLLECT)
  public SumView read(
      @Auth Caller caller,
      @PathParam("task") String task,
      @PathParam("window") String window,
      @PathParam("group") String group) {
    return desk.read(caller, task, window, group);
  }
}
