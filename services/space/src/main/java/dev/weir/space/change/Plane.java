package dev.weir.space.change;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.ledger.Ledger;
import dev.weir.runtime.sql.Database;
import dev.weir.space.SpaceRules;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/** What every use case of the control plane works with. Immutable, thread-safe. */
public record Plane(
    Database database,
    PostgresWrites writes,
    ChangeLog changes,
    Ledger ledger,
    PostgresHistory history,
    InstantSource clock,
    SecureRandom random,
    SpaceRules rules) {

  /**
   * @throws ProblemException of type {@link ProblemType#NOT_FOUND}
   */
  public static void requireVisible(Optional<?> found) {
    if (found.isEmpty()) {
      throw notFound();
    }
  }

  /** The one answer for what does not exist and for what the caller may not see. */
  public static ProblemException notFound() {
    return new ProblemException(
        ProblemType.NOT_FOUND, "There is no such thing, or the caller may not see it.");
  }
}
