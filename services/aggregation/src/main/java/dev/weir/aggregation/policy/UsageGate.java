package dev.weir.aggregation.policy;

import dev.weir.aggregation.task.AggregationTask;
import dev.weir.kernel.LineageId;
import dev.weir.runtime.ledger.CallLimit;
import java.util.List;

/** Asks the usage-control engine about one collection. Thread-safe. */
public interface UsageGate {
  /**
   * @param actor who asked for the collection
   */
  Verdict decide(AggregationTask task, String actor);

  /** What the contract's policy says. */
  sealed interface Verdict {
    /**
     * @param result allow or conditional
     * @param lineage whose budget pays
     * @param allottedNanoRho what the contract holds of it, ρ·10⁻⁹
     * @param limits to be counted again in the transaction that charges
     */
    record Allowed(
        String result,
        String rule,
        String bundle,
        LineageId lineage,
        long allottedNanoRho,
        List<CallLimit> limits)
        implements Verdict {
      public Allowed {
        limits = List.copyOf(limits);
      }
    }

    /**
     * @param result deny or default-deny
     */
    record Refused(String result, String rule, String bundle) implements Verdict {}
  }
}
