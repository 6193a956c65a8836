package dev.weir.space.charge;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.ledger.CollectionCharge;
import dev.weir.runtime.ledger.Ledger;
import dev.weir.runtime.ledger.Spend;
import dev.weir.runtime.sql.Database;

/** The one account of a contract, for aggregators. Thread-safe. */
public final class CollectionCharges {
  private final Database database;
  private final Ledger ledger;

  public CollectionCharges(Database database, Ledger ledger) {
    this.database = database;
    this.ledger = ledger;
  }

  /**
   * That a batch may be released.
   *
   * @param before true when it had been charged already, by the other aggregator or by an earlier
   *     try; then this cost nothing
   * @param fen added to the bill now
   */
  public record Charged(boolean before, long fen) {}

  /**
   * Charges a batch once, however often and by whomever it is asked.
   *
   * @throws ProblemException {@code BUDGET_EXHAUSTED}, {@code QUOTA_EXHAUSTED}, {@code
   *     CONTRACT_ENDED}; {@code NOT_FOUND} when the contract has no account; {@code CONFLICT} when
   *     the collection was charged with another batch. Nothing is then charged.
   */
  public Charged charge(CollectionCharge charge) {
    return database.asService(
        "collection.charge", handle -> charged(ledger.spend(handle, charge.spend())));
  }

  private static Charged charged(Spend spend) {
    return switch (spend) {
      case Spend.Spent spent -> new Charged(false, spent.chargedFen());
      case Spend.Replayed replayed -> new Charged(true, 0);
      case Spend.Exhausted exhausted ->
          throw new ProblemException(
              ProblemType.BUDGET_EXHAUSTED, "The allotment does not cover this collection.");
      case Spend.QuotaExhausted quota ->
          throw new ProblemException(
              ProblemType.QUOTA_EXHAUSTED, "The quota is used up: " + quota.rule() + ".");
      case Spend.ProductStopped stopped ->
          throw new ProblemException(
              ProblemType.CONTRACT_ENDED, "The provider has stopped the product.");
      case Spend.Closed closed ->
          throw new ProblemException(ProblemType.CONTRACT_ENDED, "The contract has ended.");
    };
  }
}
