package dev.weir.query.job;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.Operation;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Requires;
import dev.weir.runtime.ledger.AllotmentView;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The only budget a consumer sees: its contract's allotments. */
@Path("/v1/contracts/{id}/allotments")
@Produces(MediaType.APPLICATION_JSON)
public final class AllotmentResource {
  private final QueryDesk desk;

  public AllotmentResource(QueryDesk desk) {
    this.desk = desk;
  }

  @GET
  @Requires(Operation.ALLOTMENT_READ)
  public List<AllotmentLine> read(@Auth Caller caller, @PathParam("id") String id) {
    return desk.allotments(caller, ContractId.of(id)).stream().map(AllotmentLine::of).toList();
  }

  /** One lineage's allotment; what is left is what may still be spent. */
  public record AllotmentLine(
      LineageId lineageId,
      long allottedNanoRho,
      long spentNanoRho,
      long remainingNanoRho,
      long allottedPicoDelta,
      long spentPicoDelta,
      long remainingPicoDelta) {

    static AllotmentLine of(AllotmentView view) {
      return new AllotmentLine(
          view.lineageId(),
          view.allottedNanoRho(),
          view.spentNanoRho(),
          view.remainingNanoRho(),
          view.allottedPicoDelta(),
          view.spentPicoDelta(),
          view.remainingPicoDelta());
    }
  }
}
