package dev.weir.intake.source;

import dev.weir.intake.reader.Reading;
import dev.weir.intake.reader.SourceFormat;
import dev.weir.kernel.SourceId;
import java.time.Instant;
import java.util.Optional;

/** A source as its provider sees it. */
record SourceView(
    SourceId id,
    String name,
    long bytes,
    String sha256,
    SourceFormat format,
    Source.Status status,
    Reading reading,
    Optional<Long> rows,
    Optional<String> problem,
    Instant createdAt) {

  static SourceView of(Source source) {
    return new SourceView(
        source.id(),
        source.name(),
        source.bytes(),
        source.sha256(),
        source.format(),
        source.status(),
        source.reading(),
        source.rows(),
        source.fault().map(ProfileJobs::advice),
        source.createdAt());
  }
}
