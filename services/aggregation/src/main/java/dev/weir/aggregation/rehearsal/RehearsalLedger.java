package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.collect.CollectionRow.Failure;
import dev.weir.aggregation.collect.DomainLedger;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.ledger.CollectionCharge;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ledger of the operation domain as both aggregators of a rehearsal reach it: charges a batch
 * once, in its good moods. Confined.
 */
final class RehearsalLedger implements DomainLedger {
  private final Map<String, CollectionCharge> charged = new HashMap<>();
  private Mood mood = Mood.CHARGES;

  /** What it does with a charge that it has not made yet. */
  enum Mood {
    CHARGES,
    /** Nothing is left for the contract. */
    REFUSES,
    AWAY,
    /** Charges, and nobody hears of it. */
    AWAY_ONCE_IT_CHARGED
  }

  void be(Mood wanted) {
    mood = wanted;
  }

  @Override
  public Optional<Failure> charge(CollectionCharge charge) {
    if (charged.containsKey(charge.canonicalSha256())) {
      return Optional.empty();
    }
    if (mood == Mood.REFUSES) {
      return Optional.of(new Failure(ProblemType.BUDGET_EXHAUSTED, "Nothing is left."));
    }
    if (mood == Mood.AWAY) {
      throw away();
    }
    charged.put(charge.canonicalSha256(), charge);
    if (mood == Mood.AWAY_ONCE_IT_CHARGED) {
      throw away();
    }
    return Optional.empty();
  }

  private static ProblemException away() {
    return new ProblemException(ProblemType.UNAVAILABLE, "The ledger is away.");
  }

  /** What a contract was charged, ρ·10⁻⁹. */
  long charged(ContractId contract) {
    return charged.values().stream()
        .filter(charge -> charge.contractId().equals(contract))
        .mapToLong(CollectionCharge::nanoRho)
        .sum();
  }
}
