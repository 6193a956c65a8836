package dev.weir.space.product;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.space.change.Hand;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who took which step of a product. The provider may submit its own draft; whoever reviews, assigns
 * the code or lists it took no step before. Immutable.
 */
public record Hands(
    Hand drafted,
    Optional<Hand> submitted,
    Optional<Hand> reviewed,
    Optional<Hand> coded,
    Optional<Hand> listed,
    Optional<Hand> delisted) {

  static Hands drafted(Hand by) {
    return new Hands(
        by,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  Hands submitted(Hand by) {
    return new Hands(drafted, Optional.of(by), reviewed, coded, listed, delisted);
  }

  /**
   * @throws ProblemException of type {@link ProblemType#SAME_HANDS}
   */
  Hands reviewed(Hand by) {
    return new Hands(drafted, submitted, fresh(by), coded, listed, delisted);
  }

  Hands coded(Hand by) {
    return new Hands(drafted, submitted, reviewed, fresh(by), listed, delisted);
  }

  Hands listed(Hand by) {
    return new Hands(drafted, submitted, reviewed, coded, fresh(by), delisted);
  }

  /** Stopping an offer needs no second person. */
  Hands delisted(Hand by) {
    return new Hands(drafted, submitted, reviewed, coded, listed, Optional.of(by));
  }

  private Optional<Hand> fresh(Hand by) {
    var earlier = Stream.of(Optional.of(drafted), submitted, reviewed, coded, listed);
    return Optional.of(by.otherThan(earlier.flatMap(Optional::stream)));
  }
}
