package dev.weir.space.product;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.ResourceId;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Page;
import dev.weir.runtime.http.PageRequest;
import dev.weir.runtime.json.Json;
import dev.weir.space.change.Change;
import dev.weir.space.change.Cursor;
import dev.weir.space.change.Documents;
import dev.weir.space.change.Hand;
import dev.weir.space.change.HistoryEntry;
import dev.weir.space.change.Plane;
import dev.weir.space.change.Request;
import dev.weir.space.domain.OperationDomain;
import dev.weir.space.domain.PostgresDomainStore;
import dev.weir.space.resource.PostgresResourceStore;
import dev.weir.space.resource.Resource;
import dev.weir.space.resource.Resources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Drafts, revises and shows products; the further steps are in {@link ProductReview}. Thread-safe.
 */
public final class Products {
  /** Contracts carry complete copies, and a message on a topic is below 1 MiB. */
  private static final int MAX_TERMS_BYTES = 256 << 10;

  private static final int MAX_SAMPLE_ROWS = 100;

  private final Plane plane;
  private final PostgresProductStore store;
  private final PostgresResourceStore resources;
  private final PostgresDomainStore domains;
  private final ProductRules rules;

  public Products(
      Plane plane,
      PostgresProductStore store,
      PostgresResourceStore resources,
      PostgresDomainStore domains) {
    this.plane = plane;
    this.store = store;
    this.resources = resources;
    this.domains = domains;
    this.rules = new ProductRules(plane.rules());
  }

  public ProductView draft(Request request, ProductDraft draft) {
    return plane
        .writes()
        .asParticipant(
            request,
            ProductView.class,
            (handle, by) -> {
              var offer = check(handle, by, draft);
              var terms = draft.terms(ProductId.random(), offer.resource());
              var product = Product.draft(terms, draft.topic(), offer.domain().operator(), by);
              requireSize(product);
              store.insert(handle, product);
              return record(handle, by, product, Operation.PRODUCT_DRAFT, "drafted");
            });
  }

  /**
   * @param version the version that the revision starts from
   */
  public ProductView revise(Request request, ProductId id, long version, ProductDraft draft) {
    return plane
        .writes()
        .asParticipant(
            request,
            ProductView.class,
            (handle, by) -> {
              var product = own(handle, id, by);
              requireVersion(product, version);
              var offer = check(handle, by, draft);
              var revised =
                  product.revise(
                      draft.terms(id, offer.resource()),
                      draft.topic(),
                      offer.domain().operator(),
                      by);
              requireSize(revised);
              store.update(handle, revised);
              return record(handle, by, revised, Operation.PRODUCT_DRAFT, "revised");
            });
  }

  public ProductView get(Caller caller, ProductId id) {
    return ProductView.of(visible(caller, id));
  }

  public DataDictionary dictionary(Caller caller, ProductId id) {
    return DataDictionary.of(visible(caller, id).terms());
  }

  /**
   * @param rows 1 to 100
   */
  public SyntheticSample sample(Caller caller, ProductId id, int rows) {
    if (rows < 1 || rows > MAX_SAMPLE_ROWS) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, "A sample has 1 to 100 rows.");
    }
    return SyntheticSample.of(visible(caller, id).terms(), rows, plane.random());
  }

  public Page<ProductView> search(Caller caller, ProductSearch search, PageRequest page) {
    var found =
        plane
            .database()
            .inTransaction(caller, "space.products", handle -> store.search(handle, search, page));
    var products = Cursor.page(found, page);
    return new Page<>(products.items().stream().map(ProductView::of).toList(), products.next());
  }

  /**
   * For the provider, the operating body and the auditor; what was a draft stays the provider's.
   */
  public Page<HistoryEntry> history(Caller caller, ProductId id, PageRequest page) {
    return plane
        .database()
        .inTransaction(
            caller,
            "space.product-history",
            handle -> {
              Plane.requireVisible(store.find(handle, id));
              return plane.history().list(handle, Change.Thing.PRODUCT, id.toString(), page);
            });
  }

  /** Locks a product that the hand's party owns. */
  Product own(Handle handle, ProductId id, Hand by) {
    var product = store.lock(handle, id);
    if (!product.terms().provider().equals(by.party())) {
      throw new ProblemException(ProblemType.FORBIDDEN, "Only the provider may do this.");
    }
    return product;
  }

  /** Checks that the product as it stands still keeps to every rule. */
  void recheck(Handle handle, Product product) {
    var terms = product.terms();
    var draft =
        new ProductDraft(
            terms.resourceId(),
            terms.kind(),
            terms.tableName(),
            terms.title(),
            terms.description(),
            product.topic(),
            terms.columns(),
            terms.contribution(),
            terms.minGroup(),
            terms.price(),
            terms.rollup());
    var offer = offer(handle, terms.resourceId(), plane.clock().instant());
    rules.check(draft, offer.resource(), offer.domain());
  }

  ProductView record(Handle handle, Hand by, Product product, Operation operation, String step) {
    var figures = new TreeMap<String, String>();
    figures.put("termsSha256", Json.sha256Hex(Documents.canonical(product.terms())));
    figures.put("status", product.status().name());
    product.code().ifPresent(code -> figures.put("code", code.value()));
    plane
        .changes()
        .record(
            handle,
            by,
            new Change(
                Change.Thing.PRODUCT,
                product.terms().id().toString(),
                product.version(),
                operation,
                step,
                figures,
                readers(product),
                Optional.of(product.state()),
                product));
    return ProductView.of(product);
  }

  private static List<CreditCode> readers(Product product) {
    return switch (product.audience()) {
      case PROVIDER -> List.of(product.terms().provider());
      case OPERATOR, EVERYBODY -> List.of(product.terms().provider(), product.operator());
    };
  }

  private Offer check(Handle handle, Hand by, ProductDraft draft) {
    var offer = offer(handle, draft.resourceId(), by.at());
    Resources.requireOwn(offer.resource(), by);
    rules.check(draft, offer.resource(), offer.domain());
    return offer;
  }

  private Offer offer(Handle handle, ResourceId id, java.time.Instant now) {
    var resource = resources.find(handle, id).orElseThrow(Plane::notFound);
    resource.requireRegistered();
    var domain =
        resource
            .domainId()
            .flatMap(domainId -> domains.find(handle, domainId))
            .orElseThrow(() ->
                new ProblemException(
                    ProblemType.WRONG_STATE,
                    "The resource is not authorised into an operation domain."));
    domain.requireOpen(now);
    return new Offer(resource, domain);
  }

  private Product visible(Caller caller, ProductId id) {
    return plane
        .database()
        .inTransaction(
            caller, "space.product", handle -> store.find(handle, id).orElseThrow(Plane::notFound));
  }

  private static void requireSize(Product product) {
    if (Documents.canonical(product.terms()).length > MAX_TERMS_BYTES) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          "The product's terms are larger than the limit; shorten key domains or texts.",
          Map.of("maxBytes", MAX_TERMS_BYTES));
    }
  }

  private static void requireVersion(Product product, long version) {
    if (product.version() != version) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "The product was changed since; read it again.",
          Map.of("version", product.version()));
    }
  }

  private record Offer(Resource resource, OperationDomain domain) {}
}
