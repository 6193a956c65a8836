package dev.weir.intake.source;

import dev.weir.intake.reader.Reading;
import dev.weir.intake.reader.SourceFormat;
import dev.weir.kernel.SourceId;
import java.time.Instant;
import java.util.Optional;

/**
 * A source as its provider sees it.
 *
 * @param progress while its profile runs or waits at the instance that answers
 */
record SourceView(
    SourceId id,
    String name,
    long bytes,
    String sha256,
    SourceFormat format,
    Source.Status status,
    Reading reading,
    Optional<Long> rows,
    Optional<ProfileProgress.Progress> progress,
    Optional<String> problem,
    Instant createdAt) {

  static SourceView of(Source source, Optional<ProfileProgress.Progress> progress) {
    return new SourceView(
        source.id(),
        source.name(),
        source.bytes(),
        source.sha256(),
        source.format(),
        source.status(),
        source.reading(),
        source.rows(),
        progress,
        source.fault().map(ProfileJobs::advice),
        source.createdAt());
  }
}
