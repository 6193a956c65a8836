package dev.weir.space.domain;

import dev.weir.kernel.DomainId;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ResourceId;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.http.Requires;
import dev.weir.space.change.Complete;
import dev.weir.space.change.Reason;
import dev.weir.space.change.Request;
import dev.weir.space.resource.Resource;
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

/** Operation domains over HTTP. */
@Path("/v1/domains")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class DomainResource {
  private static final String KEY = "Idempotency-Key";

  private final OperationDomains domains;
  private final Authorisation authorisation;

  public DomainResource(OperationDomains domains, Authorisation authorisation) {
    this.domains = domains;
    this.authorisation = authorisation;
  }

  /** Which resource is put into the domain. */
  public record AuthorisationBody(ResourceId resourceId) {}

  @POST
  @Requires(Operation.DOMAIN_PROPOSE)
  public Response propose(
      @Auth Caller caller, @HeaderParam(KEY) @Nullable String key, DomainProposal body) {
    var proposal = Complete.body(body);
    var request = Request.of(caller, Operation.DOMAIN_PROPOSE, key, "", proposal);
    return Response.status(Response.Status.CREATED)
        .entity(DomainView.of(domains.propose(request, proposal)))
        .build();
  }

  @GET
  @Requires(Operation.DOMAIN_READ)
  public Page<DomainView> list(@Auth Caller caller, @BeanParam PageRequest page) {
    var found = domains.list(caller, page);
    return new Page<>(found.items().stream().map(DomainView::of).toList(), found.next());
  }

  @GET
  @Path("{id}")
  @Requires(Operation.DOMAIN_READ)
  public DomainView get(@Auth Caller caller, @PathParam("id") DomainId id) {
    return DomainView.of(domains.get(caller, id));
  }

  @GET
  @Path("{id}/agreement")
  @Requires(Operation.DOMAIN_READ)
  public byte[] agreement(@Auth Caller caller, @PathParam("id") DomainId id) {
    return domains.agreement(caller, id);
  }

  @POST
  @Path("{id}/scene-review")
  @Requires(Operation.DOMAIN_SCENE_REVIEW)
  public DomainView review(
      @Auth Caller caller,
      @HeaderParam(KEY) @Nullable String key,
      @PathParam("id") DomainId id,
      OperationDomains.SceneReview body) {
    var review = Complete.body(body);
    return DomainView.of(
        domains.review(
            Request.of(caller, Operation.DOMAIN_SCENE_REVIEW, key, id.toString(), review),
            id,
            review));
  }

  @POST
  @Path("{id}/signatures")
  @Requires(Operation.DOMAIN_SIGN)
  public DomainView sign(
      @Auth Caller caller,
      @HeaderParam(KEY) @Nullable String key,
      @PathParam("id") DomainId id,
      OperationDomains.SignatureBody body) {
    var signature = Complete.body(body);
    return DomainView.of(
        domains.sign(
            Request.of(caller, Operation.DOMAIN_SIGN, key, id.toString(), signature),
            id,
            signature));
  }

  @POST
  @Path("{id}/closure")
  @Requires(Operation.DOMAIN_CLOSE)
  public DomainView close(
      @Auth Caller caller,
      @HeaderParam(KEY) @Nullable String key,
      @PathParam("id") DomainId id,
      Reason body) {
    String reason = Complete.body(body).checked();
    return DomainView.of(
        domains.close(
            Request.of(caller, Operation.DOMAIN_CLOSE, key, id.toString(), body), id, reason));
  }

  @POST
  @Path("{id}/resources")
  @Requires(Operation.DOMAIN_AUTHORISE_RESOURCE)
  public Resource authorise(
      @Auth Caller caller,
      @HeaderParam(KEY) @Nullable String key,
      @PathParam("id") DomainId id,
      AuthorisationBody body) {
    var wanted = Complete.body(body);
    return authorisation.authorise(
        Request.of(caller, Operation.DOMAIN_AUTHORISE_RESOURCE, key, id.toString(), wanted),
        id,
        wanted.resourceId());
  }

  @GET
  @Path("{id}/resources")
  @Requires(Operation.RESOURCE_READ)
  public Page<Resource> resources(
      @Auth Caller caller, @PathParam("id") DomainId id, @BeanParam PageRequest page) {
    return authorisation.list(caller, id, page);
  }
}
