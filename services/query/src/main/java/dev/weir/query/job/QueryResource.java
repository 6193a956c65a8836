package dev.weir.query.job;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.Operation;
import dev.weir.kernel.QueryId;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.http.Requires;
import dev.weir.runtime.idempotency.IdempotencyKey;
import io.dropwizard.auth.Auth;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Queries of a consumer. */
@Path("/v1/queries")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class QueryResource {
  private final QueryDesk desk;

  public QueryResource(QueryDesk desk) {
    this.desk = desk;
  }

  @POST
  @Requires(Operation.QUERY_RUN)
  public Response run(
      @Auth Caller caller,
      @Context HttpServletRequest connection,
      @HeaderParam("Idempotency-Key") Optional<IdempotencyKey> key,
      QueryRequest request) {
    var view =
        desk.submit(caller, connection.getRemoteAddr(), key.map(IdempotencyKey::value), request);
    return switch (view.status()) {
      case ACCEPTED, RUNNING ->
          Response.accepted(view).location(URI.create("/v1/queries/" + view.id())).build();
      case DONE, REFUSED, FAILED, CANCELLED, DRY_RUN -> Response.ok(view).build();
    };
  }

  @GET
  @Requires(Operation.QUERY_READ)
  public Page<QueryView> list(
      @Auth Caller caller,
      @BeanParam PageRequest page,
      @QueryParam("contractId") @Nullable String contractId) {
    return desk.list(caller, Optional.ofNullable(contractId).map(ContractId::of), page);
  }

  @GET
  @Path("/{id}")
  @Requires(Operation.QUERY_READ)
  public QueryView read(@Auth Caller caller, @PathParam("id") String id) {
    return desk.read(caller, QueryId.of(id));
  }

  @POST
  @Path("/{id}/cancel")
  @Requires(Operation.QUERY_CANCEL)
  public QueryView cancel(@Auth Caller caller, @PathParam("id") String id) {
    return desk.cancel(caller, QueryId.of(id));
  }
}
