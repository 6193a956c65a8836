package dev.weir.query.plan.check;

import dev.weir.query.plan.render.Cohorts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

  /** These first, then what its counts tell of the columns in their conditions. */
  List<ReleasedCohorts> all() {
    return Stream.concat(Stream.of(this), cohorts.shadows().stream().map(this::of)).toList();
  }

  private ReleasedCohorts of(Cohorts.Shadow shadow) {
    return new ReleasedCohorts(
        shadow.cohorts(),
        shownKeys.stream()
            .map(key -> shadow.keys().stream().map(key::get).toList())
            .distinct()
            .toList());
  }
}
