package dev.weir.intake.run;

import dev.weir.kernel.DomainId;
import dev.weir.kernel.ResourceId;
import dev.weir.kernel.RunId;
import dev.weir.kernel.SourceId;
import dev.weir.runtime.http.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A run as it is shown. Counts of rejected rows and the source are for the provider and are left
 * out for others.
 *
 * @param recordsPerSecond over the time since it began, 0 until then
 */
record RunView(
    RunId id,
    ResourceId resourceId,
    DomainId domainId,
    Optional<SourceId> sourceId,
    long dataVersion,
    Run.Status status,
    boolean cancelRequested,
    long accepted,
    Optional<Long> rejected,
    Optional<Long> rows,
    long recordsPerSecond,
    Optional<String> qualitySha256,
    Optional<String> problem,
    Optional<String> detail,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt) {

  static RunView of(Run run, Caller caller, Instant now) {
    boolean own = run.provider().equals(caller.party());
    return new RunView(
        run.id(),
        run.spec().resourceId(),
        run.domainId(),
        own ? Optional.of(run.spec().sourceId()) : Optional.empty(),
        run.dataVersion(),
        run.status(),
        run.cancelRequested(),
        run.accepted(),
        own ? Optional.of(run.rejected()) : Optional.empty(),
        own ? run.rows() : Optional.empty(),
        rate(run, now),
        run.qualitySha256(),
        run.problem().filter(problem -> !problem.isEmpty()),
        own ? run.detail() : Optional.empty(),
        run.createdAt(),
        run.startedAt(),
        run.finishedAt());
  }

  private static long rate(Run run, Instant now) {
    if (run.startedAt().isEmpty()) {
      return 0;
    }
    Instant end = run.finishedAt().orElse(now);
    long millis = Math.max(1, Duration.between(run.startedAt().get(), end).toMillis());
    return (run.accepted() + run.rejected()) * 1_000 / millis;
  }
}
