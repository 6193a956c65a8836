package dev.weir.query.plan.check;

import dev.weir.query.plan.render.Cohorts;
import java.util.List;
import java.util.Optional;

/**
 * What an exact answer told about; kept with the answer for as long as its data version is open to
 * questions.
 *
 * @param shownKeys the groups that were shown, as the engine returned their keys
 */
public record ReleasedCohorts(Cohorts cohorts, List<List<Optional<String>>> shownKeys) {
  public ReleasedCohorts {
    shownKeys = shownKeys.stream().map(List::copyOf).toList();
  }
}
