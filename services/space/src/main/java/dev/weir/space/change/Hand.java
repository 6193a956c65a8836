package dev.weir.space.change;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One account that took one step. Immutable.
 *
 * @param subject the account's id at the identity server
 * @param party on whose behalf
 * @param at when
 */
public record Hand(String subject, CreditCode party, Instant at) {

  /**
   * Separation of duties: one account may not take two steps that control each other.
   *
   * @param earlier the steps that must have been taken by other accounts
   * @throws ProblemException of type {@link ProblemType#SAME_HANDS}
   */
  public Hand otherThan(Stream<Hand> earlier) {
    if (earlier.anyMatch(hand -> hand.subject.equals(subject))) {
      throw new ProblemException(
          ProblemType.SAME_HANDS,
          "The account already took an earlier step here; another account must take this one.",
          Map.of());
    }
    return this;
  }
}
