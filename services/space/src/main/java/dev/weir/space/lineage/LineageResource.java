package dev.weir.space.lineage;

import dev.weir.kernel.LineageId;
import dev.weir.kernel.Operation;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Requires;
import dev.weir.space.change.Complete;
import dev.weir.space.change.Request;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lineage budgets over HTTP. */
@Path("/v1/lineages")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class LineageResource {
  private static final String KEY = "Idempotency-Key";

  private final Lineages lineages;

  public LineageResource(Lineages lineages) {
    this.lineages = lineages;
  }

  @GET
  @Path("{id}")
  @Requires(Operation.LINEAGE_READ)
  public Lineages.LineageStatus get(@Auth Caller caller, @PathParam("id") LineageId id) {
    return lineages.get(caller, id);
  }

  @POST
  @Path("{id}/cap-proposals")
  @Requires(Operation.LINEAGE_CAP_PROPOSE)
  public Lineage propose(
      @Auth Caller caller,
      @HeaderParam(KEY) @Nullable String key,
      @PathParam("id") LineageId id,
      Lineages.CapDraft body) {
    var draft = Complete.body(body);
    return lineages.propose(
        Request.of(caller, Operation.LINEAGE_CAP_PROPOSE, key, id.toString(), draft), id, draft);
  }

  @POST
  @Path("{id}/cap-proposals/{proposalId}/approval")
  @Requires(Operation.LINEAGE_CAP_APPROVE)
  public Lineage approve(
      @Auth Caller caller,
      @HeaderParam(KEY) @Nullable String key,
      @PathParam("id") LineageId id,
      @PathParam("proposalId") UUID proposalId) {
    return lineages.approve(
        Request.of(
            caller, Operation.LINEAGE_CAP_APPROVE, key, id.toString(), proposalId.toString()),
        id,
        proposalId);
  }
}
