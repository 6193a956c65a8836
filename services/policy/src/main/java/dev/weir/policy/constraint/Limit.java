package dev.weir.policy.constraint;

import java.time.Duration;
import java.util.Optional;

/**
 * {@code count}, {@code frequency} or {@code payAmount}: a number on a scale.
 *
 * @param amount uses including this one, or fen
 */
public record Limit(Scale scale, Compare compare, long amount) implements Condition {

  /** What is counted. */
  public sealed interface Scale {
    /** Uses under the contract. */
    record Uses() implements Scale {}

    /** Uses in a sliding window that ends now. */
    record UsesWithin(Duration window) implements Scale {}

    /** The charge of this use, in fen. */
    record Charge() implements Scale {}

    /** The smallest value a use can have. */
    default long smallest() {
      return switch (this) {
        case Uses ignored -> 1;
        case UsesWithin ignored -> 1;
        case Charge ignored -> 0;
      };
    }
  }

  @Override
  public Truth test(Atom atom) {
    Optional<Long> value =
        switch (scale) {
          case Scale.Uses ignored -> atom.counts().map(counts -> counts.total() + 1);
          case Scale.UsesWithin uses ->
              atom.counts().flatMap(counts -> counts.within(uses.window())).map(n -> n + 1);
          case Scale.Charge ignored -> atom.environment().chargeFen();
        };
    return value.isEmpty()
        ? Truth.UNKNOWN
        : Truth.of(compare.holds(Long.compare(value.get(), amount)));
  }
}
