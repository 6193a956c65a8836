package dev.weir.intake.reader;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;

/** Turns local times into instants by the declared zone. Immutable. */
final class ZoneClock {
  private static final long SECOND = 1_000_000L;
  private final Optional<ZoneId> declared;
  private final ZoneId zone;
  private final boolean fixed;

  private ZoneClock(Optional<ZoneId> declared, ZoneId zone) {
    this.declared = declared;
    this.zone = zone;
    this.fixed = zone.getRules().isFixedOffset();
  }

  static ZoneClock of(Optional<ZoneId> declared) {
    return new ZoneClock(declared, declared.orElse(ZoneOffset.UTC));
  }

  /** For a profile, which shows local times as they stand. */
  static ZoneClock showingLocalTimes() {
    return new ZoneClock(Optional.of(ZoneOffset.UTC), ZoneOffset.UTC);
  }

  boolean isDeclared() {
    return declared.isPresent();
  }

  /**
   * @param localMicros since 1970-01-01T00:00:00 on the local clock
   * @return empty for a time that the clock skipped; the earlier one for a time that it showed
   *     twice
   */
  OptionalLong instant(long localMicros) {
    var local = LocalDateTime.ofEpochSecond(Math.floorDiv(localMicros, SECOND), 0, ZoneOffset.UTC);
    if (fixed) {
      return OptionalLong.of(
          localMicros - zone.getRules().getOffset(local).getTotalSeconds() * SECOND);
    }
    var offsets = zone.getRules().getValidOffsets(local);
    return offsets.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(localMicros - offsets.getFirst().getTotalSeconds() * SECOND);
  }
}
