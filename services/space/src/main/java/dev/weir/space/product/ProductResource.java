package dev.weir.space.product;

import dev.weir.kernel.Operation;
import dev.weir.kernel.ProductId;
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
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Data products over HTTP. */
@Path("/v1/products")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ProductResource {
  private static final String KEY = "Idempotency-Key";

  private final Products products;
  private final ProductReview review;

  public ProductResource(Products products, ProductReview review) {
    this.products = products;
    this.review = review;
  }

  /**
   * @param version the version that the revision starts from
   */
  public record Revision(long version, ProductDraft draft) {}

  @POST
  @Requires(Operation.PRODUCT_DRAFT)
  public Response draft(
      @Auth Caller caller, @HeaderParam(KEY) @Nullable String key, ProductDraft body) {
    var draft = Complete.body(body);
    var request = Request.of(caller, Operation.PRODUCT_DRAFT, key, "", draft);
    return Response.status(Response.Status.CREATED).entity(products.draft(request, draft)).build();
  }

  @PUT
  @Path("{id}")
  @Requires(Operation.PRODUCT_DRAFT)
  public ProductView revise(
      @Auth Caller caller,
      @HeaderParam(KEY) @Nullable String key,
      @PathParam("id") ProductId id,
      Revision body) {
    var revision = Complete.body(body);
    return products.revise(
        Request.of(caller, Operation.PRODUCT_DRAFT, key, id.toString(), revision),
        id,
        revision.version(),
        revision.draft());
  }

  @GET
  @Requires(Operation.PRODUCT_READ)
  public Page<ProductView> search(
      @Auth Caller caller,
      @QueryParam("q") @DefaultValue("") String text,
      @QueryParam("owner") @DefaultValue("") String owner,
      @QueryParam("topic") @DefaultValue("") String topic,
      @QueryParam("status") @DefaultValue("") String status,
      @QueryParam("kind") @DefaultValue("") String kind,
      @QueryParam("maxLevel") @DefaultValue("5") int maxLevel,
      @BeanParam PageRequest page) {
    return products.search(
        caller, new ProductSearch(text, owner, topic, status, kind, maxLevel), page);
  }

  @GET
  @Path("{id}")
  @Requires(Operation.PRODUCT_READ)
  public ProductView get(@Auth Caller caller, @PathParam("id") ProductId id) {
    return products.get(caller, id);
  }

  @GET
  @Path("{id}/dictionary")
  @Requires(Operation.PRODUCT_READ)
  public DataDictionary dictionary(@Auth Caller caller, @PathParam("id") ProductId id) {
    return products.dictionary(caller, id);
  }

  @GET
  @Path("{id}/sample")
  @Requires(Operation.PRODUCT_READ)
  public SyntheticSample sample(
      @Auth Caller caller,
      @PathParam("id") ProductId id,
      @QueryParam("rows") @DefaultValue("10") int rows) {
    return products.sample(caller, id, rows);
  }

  @GET
  @Path("{id}/history")
  @Requires(Operation.PRODUCT_READ)
  public Page<HistoryEntry> history(
      @Auth Caller caller, @PathParam("id") ProductId id, @BeanParam PageRequest page) {
    return products.history(caller, id, page);
  }

  @POST
  @Path("{id}/submission")
  @Requires(Operation.PRODUCT_SUBMIT)
  public ProductView submit(
      @Auth Caller caller, @HeaderParam(KEY) @Nullable String key, @PathParam("id") ProductId id) {
    return review.submit(step(caller, Operation.PRODUCT_SUBMIT, key, id), id);
  }

  @POST
  @Path("{id}/review")
  @Requires(Operation.PRODUCT_REVIEW)
  public ProductView review(
      @Auth Caller caller,
      @HeaderParam(KEY) @Nullable String key,
      @PathParam("id") ProductId id,
      ProductReview.Review body) {
    var verdict = Complete.body(body);
    return review.review(
        Request.of(caller, Operation.PRODUCT_REVIEW, key, id.toString(), verdict), id, verdict);
  }

  @POST
  @Path("{id}/code")
  @Requires(Operation.PRODUCT_CODE)
  public ProductView assignCode(
      @Auth Caller caller, @HeaderParam(KEY) @Nullable String key, @PathParam("id") ProductId id) {
    return review.assignCode(step(caller, Operation.PRODUCT_CODE, key, id), id);
  }

  @POST
  @Path("{id}/listing")
  @Requires(Operation.PRODUCT_LIST)
  public ProductView list(
      @Auth Caller caller, @HeaderParam(KEY) @Nullable String key, @PathParam("id") ProductId id) {
    return review.list(step(caller, Operation.PRODUCT_LIST, key, id), id);
  }

  @POST
  @Path("{id}/delisting")
  @Requires(Operation.PRODUCT_DELIST)
  public ProductView delist(
      @Auth Caller caller,
      @HeaderParam(KEY) @Nullable String key,
      @PathParam("id") ProductId id,
      Reason body) {
    String reason = Complete.body(body).checked();
    return review.delist(
        Request.of(caller, Operation.PRODUCT_DELIST, key, id.toString(), body), id, reason);
  }

  private static Request step(
      Caller caller, Operation operation, @Nullable String key, ProductId id) {
    return Request.of(caller, operation, key, id.toString(), "");
  }
}
