package dev.weir.space.contract;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.Operation;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Digital contracts over HTTP. */
@Path("/v1/contracts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ContractResource {
  private static final String KEY = "Idempotency-Key";

  private final Negotiation negotiation;
  private final Signing signing;
  private final Performance performance;

  public ContractResource(Contracts contracts) {
    this.negotiation = contracts.negotiation();
    this.signing = contracts.signing();
    this.performance = contracts.performance();
  }

  /**
   * @param round the newest round, as the party read it
   */
  public record Acceptance(int round) {}

  @POST
  @Requires(Operation.CONTRACT_PROPOSE)
  public Response propose(
      @Auth Caller caller, @HeaderParam(KEY) @Nullable String key, ContractDraft body) {
    var draft = Complete.body(body);
    var request = Request.of(caller, Operation.CONTRACT_PROPOSE, key, "", draft);
    return Response.status(Response.Status.CREATED)
        .entity(ContractView.of(negotiation.propose(request, draft)))
        .build();
  }

  @GET
  @Requires(Operation.CONTRACT_READ)
  public Page<ContractView> list(@Auth Caller caller, @BeanParam PageRequest page) {
    var found = negotiation.list(caller, page);
    return new Page<>(found.items().stream().map(ContractView::of).toList(), found.next());
  }

  @GET
  @Path("{id}")
  @Requires(Operation.CONTRACT_READ)
  public ContractView get(@Auth Caller caller, @PathParam("id") ContractId id) {
    return ContractView.of(negotiation.get(caller, id));
  }

  /** The RFC 8785 bytes to sign, exactly. */
  @GET
  @Path("{id}/terms")
  @Requires(Operation.CONTRACT_READ)
  public byte[] terms(
      @Auth Caller caller,
      @PathParam("id") ContractId id,
      @QueryParam("round") @Nullable Integer round) {
    return negotiation.terms(caller, id, Optional.ofNullable(round));
  }

  @GET
  @Path("{id}/rounds")
  @Requires(Operation.CONTRACT_READ)
  public Page<Round> rounds(
      @Auth Caller caller, @PathParam("id") ContractId id, @BeanParam PageRequest page) {
    return negotiation.rounds(caller, id, page);
  }

  @GET
  @Path("{id}/history")
  @Requires(Operation.CONTRACT_READ)
  public Page<HistoryEntry> history(
      @Auth Caller caller, @PathParam("id") ContractId id, @BeanParam PageRequest page) {
    return negotiation.history(caller, id, page);
  }

  @POST
  @Path("{id}/rounds")
  @Requires(Operation.CONTRACT_NEGOTIATE)
  public ContractView counter(
      @Auth Caller caller,
      @HeaderParam(KEY) @Nullable String key,
      @PathParam("id") ContractId id,
      Negotiation.Counter body) {
    var counter = Complete.body(body);
    return ContractView.of(
        negotiation.counter(
            request(caller, Operation.CONTRACT_NEGOTIATE, key, id + "/round", counter),
            id,
            counter));
  }

  @POST
  @Path("{id}/acceptance")
  @Requires(Operation.CONTRACT_NEGOTIATE)
  public ContractView accept(
      @Auth Caller caller,
      @HeaderParam(KEY) @Nullable String key,
      @PathParam("id") ContractId id,
      Acceptance body) {
    var acceptance = Complete.body(body);
    return ContractView.of(
        negotiation.accept(
            request(caller, Operation.CONTRACT_NEGOTIATE, key, id + "/accept", acceptance),
            id,
            acceptance.round()));
  }

  @POST
  @Path("{id}/withdrawal")
  @Requires(Operation.CONTRACT_NEGOTIATE)
  public ContractView withdraw(
      @Auth Caller caller,
      @HeaderParam(KEY) @Nullable String key,
      @PathParam("id") ContractId id,
      Reason body) {
    String reason = Complete.body(body).checked();
    return ContractView.of(
        negotiation.withdraw(
            request(caller, Operation.CONTRACT_NEGOTIATE, key, id + "/withdraw", body),
            id,
            reason));
  }

  @POST
  @Path("{id}/signatures")
  @Requires(Operation.CONTRACT_SIGN)
  public ContractView sign(
      @Auth Caller caller,
      @HeaderParam(KEY) @Nullable String key,
      @PathParam("id") ContractId id,
      Signing.SignatureBody body) {
    var signature = Complete.body(body);
    return ContractView.of(
        signing.sign(
            request(caller, Operation.CONTRACT_SIGN, key, id.toString(), signature),
            id,
            signature));
  }

  @POST
  @Path("{id}/termination")
  @Requires(Operation.CONTRACT_TERMINATE)
  public ContractView terminate(
      @Auth Caller caller,
      @HeaderParam(KEY) @Nullable String key,
      @PathParam("id") ContractId id,
      Reason body) {
    String reason = Complete.body(body).checked();
    return ContractView.of(
        performance.terminate(
            request(caller, Operation.CONTRACT_TERMINATE, key, id.toString(), body), id, reason));
  }

  @POST
  @Path("{id}/stop")
  @Requires(Operation.CONTRACT_STOP)
  public ContractView stop(
      @Auth Caller caller,
      @HeaderParam(KEY) @Nullable String key,
      @PathParam("id") ContractId id,
      Performance.StopBody body) {
    var stop = Complete.body(body);
    return ContractView.of(
        performance.stop(
            request(caller, Operation.CONTRACT_STOP, key, id.toString(), stop), id, stop));
  }

  private static Request request(
      Caller caller, Operation operation, @Nullable String key, String target, Object body) {
    return Request.of(caller, operation, key, target, body);
  }
}
