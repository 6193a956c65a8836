package dev.weir.space.participant;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Operation;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.http.Requires;
import dev.weir.space.change.Complete;
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

/** Participants and their keys over HTTP. */
@Path("/v1/participants")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ParticipantResource {
  private static final String KEY = "Idempotency-Key";

  private final Participants participants;
  private final PartyKeys keys;

  public ParticipantResource(Participants participants, PartyKeys keys) {
    this.participants = participants;
    this.keys = keys;
  }

  @POST
  @Requires(Operation.PARTICIPANT_REGISTER)
  public Response register(
      @Auth Caller caller, @HeaderParam(KEY) @Nullable String key, Participants.Registration body) {
    var registration = Complete.body(body);
    var request = Request.of(caller, Operation.PARTICIPANT_REGISTER, key, "", registration);
    return Response.status(Response.Status.CREATED)
        .entity(participants.register(request, registration))
        .build();
  }

  @GET
  @Requires(Operation.PARTICIPANT_READ)
  public Page<Participant> list(@Auth Caller caller, @BeanParam PageRequest page) {
    return participants.list(caller, page);
  }

  @GET
  @Path("{creditCode}")
  @Requires(Operation.PARTICIPANT_READ)
  public Participant get(@Auth Caller caller, @PathParam("creditCode") CreditCode creditCode) {
    return participants.get(caller, creditCode);
  }

  @POST
  @Path("{creditCode}/suspension")
  @Requires(Operation.PARTICIPANT_SUSPEND)
  public Participant suspend(
      @Auth Caller caller,
      @HeaderParam(KEY) @Nullable String key,
      @PathParam("creditCode") CreditCode creditCode,
      Reason body) {
    Complete.body(body).checked();
    return participants.suspend(
        Request.of(caller, Operation.PARTICIPANT_SUSPEND, key, creditCode.value(), body),
        creditCode);
  }

  @POST
  @Path("{creditCode}/key-challenges")
  @Requires(Operation.PARTICIPANT_KEY_REGISTER)
  public Response challenge(
      @Auth Caller caller,
      @HeaderParam(KEY) @Nullable String key,
      @PathParam("creditCode") CreditCode creditCode,
      PartyKeys.KeyOffer body) {
    var offer = Complete.body(body);
    return Response.status(Response.Status.CREATED)
        .entity(
            keys.challenge(
                request(caller, key, creditCode + "/challenge", offer), creditCode, offer))
        .build();
  }

  @POST
  @Path("{creditCode}/keys")
  @Requires(Operation.PARTICIPANT_KEY_REGISTER)
  public Response registerKey(
      @Auth Caller caller,
      @HeaderParam(KEY) @Nullable String key,
      @PathParam("creditCode") CreditCode creditCode,
      PartyKeys.KeyProof body) {
    var proof = Complete.body(body);
    return Response.status(Response.Status.CREATED)
        .entity(keys.register(request(caller, key, creditCode + "/key", proof), creditCode, proof))
        .build();
  }

  @POST
  @Path("{creditCode}/keys/{keyId}/revocation")
  @Requires(Operation.PARTICIPANT_KEY_REGISTER)
  public Participant revoke(
      @Auth Caller caller,
      @HeaderParam(KEY) @Nullable String key,
      @PathParam("creditCode") CreditCode creditCode,
      @PathParam("keyId") String keyId,
      Reason body) {
    Complete.body(body).checked();
    return keys.revoke(
        request(caller, key, creditCode + "/revoke/" + keyId, body), creditCode, keyId);
  }

  private static Request request(Caller caller, @Nullable String key, String target, Object body) {
    return Request.of(caller, Operation.PARTICIPANT_KEY_REGISTER, key, target, body);
  }
}
