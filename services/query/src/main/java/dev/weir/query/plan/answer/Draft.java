package dev.weir.query.plan.answer;

import java.util.List;
import java.util.Optional;

/**
 * A row before it is picked, filtered and ordered.
 *
 * @param keys in textual form, one per key of the question
 * @param measures one per measure of the question
 */
record Draft(List<Optional<String>> keys, List<Cell> measures, boolean suppressed) {
  Draft {
    keys = List.copyOf(keys);
    measures = List.copyOf(measures);
  }
}
