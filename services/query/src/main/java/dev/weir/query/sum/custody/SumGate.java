package dev.weir.query.sum.custody;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LineageId;
import dev.weir.query.sum.SumTask;
import dev.weir.runtime.ledger.CallLimit;
import java.util.List;

/** Whether a contract allows a sum to be released now. Thread-safe. */
interface SumGate {
  Verdict decide(SumTask task);

  /** What the policy says. */
  sealed interface Verdict {
    /**
     * @param provider of the product, who sees each use
     * @param allotted what the contract holds of the lineage, ρ·10⁻⁹
     * @param limits for the ledger to count again
     */
    record Allowed(
        String result,
        String rule,
        String bundle,
        CreditCode provider,
        LineageId lineage,
        long allotted,
        List<CallLimit> limits)
        implements Verdict {
      public Allowed {
        limits = List.copyOf(limits);
      }
    }

    record Denied(String rule) implements Verdict {}
  }
}
