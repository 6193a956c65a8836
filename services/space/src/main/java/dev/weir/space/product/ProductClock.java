package dev.weir.space.product;

import dev.weir.kernel.Operation;
import dev.weir.kernel.ProductId;
import dev.weir.policy.state.ProductState.Status;
import dev.weir.runtime.ledger.Halt;
import dev.weir.space.change.Hand;
import dev.weir.space.change.Plane;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.Handle;

/**
 * Delists products whose resource is no longer under authorised operation, such as one that came
 * onto the prohibited list: what cannot be signed is not offered. Thread-safe.
 */
public final class ProductClock {
  private static final String REASON =
      "资源不再处于授权运营之中 / the resource is no longer under authorised operation";

  private final Plane plane;
  private final PostgresProductStore store;
  private final Products products;

  public ProductClock(Plane plane, PostgresProductStore store, Products products) {
    this.plane = plane;
    this.store = store;
    this.products = products;
  }

  /** Takes every step that is due; each in a transaction of its own. */
  public void tick() {
    plane
        .database()
        .asService("space.products-unfounded", store::listedWithoutAuthorisation)
        .forEach(this::delist);
  }

  private void delist(ProductId id) {
    plane
        .database()
        .asService(
            "space.product-delist",
            handle -> {
              var product = store.lock(handle, id);
              if (product.status() == Status.LISTED) {
                delist(handle, product);
              }
              return true;
            });
  }

  private void delist(Handle handle, Product product) {
    var by =
        new Hand(
            "service:space",
            product.operator(),
            plane.clock().instant().truncatedTo(ChronoUnit.MICROS));
    var delisted = product.delist(REASON, by);
    plane.ledger().halt(handle, new Halt.Product(product.terms().id()));
    store.update(handle, delisted);
    products.record(handle, by, delisted, Operation.PRODUCT_DELIST, "delisted");
  }
}
