package dev.weir.cli.campaign.check;

import dev.weir.cli.campaign.check.Violation.Invariant;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks every invariant over what is durable now. Sealed versions that it has counted and messages
 * that it has searched are not read again by the same checker. Confined to one thread.
 */
public final class InvariantChecker {
  private final Sources sources;
  private final CountedOnce countedOnce = new CountedOnce();
  private final Canary canary;

  public InvariantChecker(Sources sources) {
    this.sources = sources;
    this.canary = new Canary(sources);
  }

  /**
   * @return what does not hold; empty when all does
   */
  public List<Violation> check() throws SQLException, IOException {
    var found = new Findings();
    try (var tables = PostgresTables.open(sources);
        var topics = new KafkaTopics(sources)) {
      var leaves = Leaves.read(tables);
      countedOnce.check(tables, topics, found.of(Invariant.COUNTED_ONCE));
      var told = Acknowledgement.read(sources.history());
      Acknowledged.check(tables, told, found.of(Invariant.ACKNOWLEDGED));
      Budget.check(tables, leaves, found.of(Invariant.BUDGET));
      new LogChain(sources.log(), found.of(Invariant.LOG)).check(tables, topics, leaves, told);
      Released.check(tables, leaves, found.of(Invariant.ANSWERED_WITH_LEAVES));
      Bill.check(tables, leaves, found.of(Invariant.BILL));
      canary.check(tables, topics, found.of(Invariant.CANARY));
    }
    return found.all;
  }

  /** Collects violations. */
  private static final class Findings {
    private final List<Violation> all = new ArrayList<>();

    Report of(Invariant invariant) {
      return (holds, detail) -> {
        if (!holds) {
          all.add(new Violation(invariant, detail));
        }
      };
    }
  }

  /** Takes what must hold. */
  @FunctionalInterface
  interface Report {
    void require(boolean holds, String detail);
  }
}
