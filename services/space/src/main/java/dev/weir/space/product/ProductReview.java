package dev.weir.space.product;

import dev.weir.kernel.IdentificationCode;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.ProductId;
import dev.weir.runtime.ledger.Halt;
import dev.weir.space.change.Hand;
import dev.weir.space.change.Plane;
import dev.weir.space.change.PostgresCodes;
import dev.weir.space.change.Request;
import org.jdbi.v3.core.Handle;

/**
 * Takes a product from draft to listed, by different hands, and off the list again. The provider
 * submits; the operating body of the domain reviews, assigns the code and lists (or the provider
 * does); either delists. Thread-safe.
 */
public final class ProductReview {
  private final Plane plane;
  private final PostgresProductStore store;
  private final Products products;
  private final PostgresCodes codes;

  public ProductReview(
      Plane plane, PostgresProductStore store, Products products, PostgresCodes codes) {
    this.plane = plane;
    this.store = store;
    this.products = products;
    this.codes = codes;
  }

  /**
   * @param reason required when not approved
   */
  public record Review(boolean approved, String reason) {}

  public ProductView submit(Request request, ProductId id) {
    return take(
        request,
        Operation.PRODUCT_SUBMIT,
        "submitted",
        (handle, by) -> {
          var submitted = products.own(handle, id, by).submit(by);
          products.recheck(handle, submitted);
          return submitted;
        });
  }

  public ProductView review(Request request, ProductId id, Review review) {
    if (!review.approved() && review.reason().isBlank()) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED, "A rejected product is given a reason.");
    }
    return take(
        request,
        Operation.PRODUCT_REVIEW,
        review.approved() ? "reviewed" : "rejected",
        (handle, by) -> {
          var product = ofDomain(handle, id, by);
          return review.approved() ? product.approve(by) : product.reject(review.reason(), by);
        });
  }

  public ProductView assignCode(Request request, ProductId id) {
    return take(
        request,
        Operation.PRODUCT_CODE,
        "coded",
        (handle, by) -> {
          var product = ofDomain(handle, id, by);
          product.require(dev.weir.policy.state.ProductState.Status.REVIEWED);
          return product.assign(newCode(handle, product, by), by);
        });
  }

  public ProductView list(Request request, ProductId id) {
    return take(
        request,
        Operation.PRODUCT_LIST,
        "listed",
        (handle, by) -> {
          var listed = ofEither(handle, id, by).list(by);
          products.recheck(handle, listed);
          return listed;
        });
  }

  /** Nothing new is agreed on it, and every use under contracts in force ends with this step. */
  public ProductView delist(Request request, ProductId id, String reason) {
    return take(
        request,
        Operation.PRODUCT_DELIST,
        "delisted",
        (handle, by) -> {
          var delisted = ofEither(handle, id, by).delist(reason, by);
          plane.ledger().halt(handle, new Halt.Product(id));
          return delisted;
        });
  }

  private ProductView take(Request request, Operation operation, String step, Next next) {
    return plane
        .writes()
        .asParticipant(
            request,
            ProductView.class,
            (handle, by) -> {
              var product = next.of(handle, by);
              store.update(handle, product);
              return products.record(handle, by, product, operation, step);
            });
  }

  private IdentificationCode newCode(Handle handle, Product product, Hand by) {
    var provider = product.terms().provider();
    return codes.assign(
        handle,
        "product",
        product.terms().id().value(),
        by.at(),
        () ->
            IdentificationCode.assign(
                IdentificationCode.Type.PRODUCT,
                provider,
                PostgresCodes.areaOf(provider),
                plane.random()));
  }

  private Product ofDomain(Handle handle, ProductId id, Hand by) {
    var product = store.lock(handle, id);
    if (!product.operator().equals(by.party())) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "Only the operating body of the domain may do this.");
    }
    return product;
  }

  private Product ofEither(Handle handle, ProductId id, Hand by) {
    var product = store.lock(handle, id);
    boolean either =
        product.operator().equals(by.party()) || product.terms().provider().equals(by.party());
    if (!either) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "Only the provider or the operating body may do this.");
    }
    return product;
  }

  @FunctionalInterface
  private interface Next {
    Product of(Handle handle, Hand by);
  }
}
