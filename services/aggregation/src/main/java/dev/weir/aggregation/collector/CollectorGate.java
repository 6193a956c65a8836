package dev.weir.aggregation.collector;

import dev.weir.aggregation.task.TaskTerms;
import java.util.Optional;

/** The usage-control engine, as the collector asks it before it asks anybody else. */
@FunctionalInterface
public interface CollectorGate {
  /** The rule that forbids a collection now; empty when the contract's policy allows it. */
  Optional<String> refusal(TaskTerms terms);
}
