package dev.weir.aggregation.stream;

import dev.weir.aggregation.rehearsal.RehearsalTask;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Pairs of aggregators at one instant, closed after each test. */
abstract class PairTest {
  static final Instant NOW = Instant.parse("2026-11-20T10:30:00Z");
  static final long HOUR = NOW.getEpochSecond() / RehearsalTask.HOUR;

  final InstantSource clock = InstantSource.fixed(NOW);
  @TempDir private Path state;
  private final List<TwoAggregators> open = new ArrayList<>();

  final TwoAggregators with(RehearsalTask task) {
    return with(task, clock);
  }

  final TwoAggregators with(RehearsalTask task, InstantSource theirs) {
    var two = new TwoAggregators(task, theirs, state);
    open.add(two);
    return two;
  }

  @AfterEach
  final void closePairs() {
    open.forEach(TwoAggregators::close);
  }
}
