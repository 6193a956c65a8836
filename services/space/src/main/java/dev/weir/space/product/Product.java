package dev.weir.space.product;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.IdentificationCode;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.state.ProductState;
import dev.weir.policy.state.ProductState.Status;
import dev.weir.space.change.Hand;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A data product as stored. Immutable; every step returns the next version or refuses.
 *
 * @param operator the operating body of its domain
 * @param audience who may see it besides its provider
 * @param rejection why the last review sent it back to draft
 * @param delisting why it was delisted
 */
public record Product(
    ProductTerms terms,
    String topic,
    CreditCode operator,
    long version,
    Status status,
    Audience audience,
    Optional<IdentificationCode> code,
    Hands hands,
    Optional<String> rejection,
    Optional<String> delisting) {

  /** Who may see a product besides its provider. */
  public enum Audience {
    /** A draft is nobody else's business. */
    PROVIDER,
    /** The operating body and the auditor. */
    OPERATOR,
    EVERYBODY
  }

  static Product draft(ProductTerms terms, String topic, CreditCode operator, Hand by) {
    return new Product(
        terms,
        topic,
        operator,
        1,
        Status.DRAFT,
        Audience.PROVIDER,
        Optional.empty(),
        Hands.drafted(by),
        Optional.empty(),
        Optional.empty());
  }

  /** A rejected product that is revised becomes the provider's own again. */
  Product revise(ProductTerms terms, String topic, CreditCode operator, Hand by) {
    require(Status.DRAFT);
    return new Product(
        terms,
        topic,
        operator,
        version + 1,
        Status.DRAFT,
        Audience.PROVIDER,
        code,
        Hands.drafted(by),
        rejection,
        delisting);
  }

  Product submit(Hand by) {
    require(Status.DRAFT);
    return next(Status.SUBMITTED, Audience.OPERATOR, code, hands.submitted(by), Optional.empty());
  }

  Product approve(Hand by) {
    require(Status.SUBMITTED);
    return next(Status.REVIEWED, audience, code, hands.reviewed(by), Optional.empty());
  }

  /** Goes back to draft; the operating body still sees what it rejected until it is revised. */
  Product reject(String reason, Hand by) {
    require(Status.SUBMITTED);
    hands.reviewed(by);
    return next(Status.DRAFT, audience, code, Hands.drafted(hands.drafted()), Optional.of(reason));
  }

  Product assign(IdentificationCode assigned, Hand by) {
    require(Status.REVIEWED);
    return next(Status.CODED, audience, Optional.of(assigned), hands.coded(by), rejection);
  }

  Product list(Hand by) {
    require(Status.CODED);
    return next(Status.LISTED, Audience.EVERYBODY, code, hands.listed(by), rejection);
  }

  Product delist(String reason, Hand by) {
    require(Status.LISTED);
    return new Product(
        terms,
        topic,
        operator,
        version + 1,
        Status.DELISTED,
        Audience.OPERATOR,
        code,
        hands.delisted(by),
        rejection,
        Optional.of(reason));
  }

  /** The highest level of any column it offers, 1 to 5. */
  public int level() {
    return terms.columns().stream().mapToInt(column -> column.column().level()).max().orElse(1);
  }

  public ProductState state() {
    return new ProductState(terms, version, code, status);
  }

  void require(Status... wanted) {
    if (!Arrays.asList(wanted).contains(status)) {
      throw new ProblemException(
          ProblemType.WRONG_STATE,
          "The product's state does not allow this step.",
          Map.of("status", status.name(), "required", wanted[0].name()));
    }
  }

  private Product next(
      Status status,
      Audience audience,
      Optional<IdentificationCode> code,
      Hands hands,
      Optional<String> rejection) {
    return new Product(
        terms, topic, operator, version + 1, status, audience, code, hands, rejection, delisting);
  }
}
