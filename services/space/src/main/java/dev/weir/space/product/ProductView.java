package dev.weir.space.product;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.IdentificationCode;
import dev.weir.kernel.ProductId;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.state.ProductState.Status;
import dev.weir.space.change.Hand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A product as shown: the steps name the party that took them and no account; accounts are in the
 * history, for those who supervise.
 *
 * @param level highest level of any column, 1 to 5
 * @param rejection why the last review sent it back to draft
 */
public record ProductView(
    ProductId id,
    long version,
    Status status,
    Optional<IdentificationCode> code,
    String topic,
    int level,
    CreditCode operator,
    ProductTerms terms,
    List<StepTaken> steps,
    Optional<String> rejection,
    Optional<String> delisting) {
  public ProductView {
    steps = List.copyOf(steps);
  }

  /**
   * @param step drafted, submitted, reviewed, coded, listed or delisted
   */
  public record StepTaken(String step, CreditCode party, Instant at) {}

  static ProductView of(Product product) {
    return new ProductView(
        product.terms().id(),
        product.version(),
        product.status(),
        product.code(),
        product.topic(),
        product.level(),
        product.operator(),
        product.terms(),
        steps(product.hands()),
        product.rejection(),
        product.delisting());
  }

  private static List<StepTaken> steps(Hands hands) {
    var steps = new ArrayList<StepTaken>();
    add(steps, "drafted", Optional.of(hands.drafted()));
    add(steps, "submitted", hands.submitted());
    add(steps, "reviewed", hands.reviewed());
    add(steps, "coded", hands.coded());
    add(steps, "listed", hands.listed());
    add(steps, "delisted", hands.delisted());
    return steps;
  }

  private static void add(List<StepTaken> steps, String step, Optional<Hand> hand) {
    hand.ifPresent(by -> steps.add(new StepTaken(step, by.party(), by.at())));
  }
}
