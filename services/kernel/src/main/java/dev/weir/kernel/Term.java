package dev.weir.kernel;

import java.time.Instant;

/** A time span that includes its start and excludes its end. */
public record Term(Instant from, Instant to) {
  public Term {
    if (!from.isBefore(to)) {
      throw new ProblemException(ProblemType.VALIDATION_FAILED, "A term ends after it starts.");
    }
  }

  public boolean contains(Instant instant) {
    return !instant.isBefore(from) && instant.isBefore(to);
  }
}
