package dev.weir.intake.source;

import dev.weir.kernel.SourceId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How far the profiles of this instance are, in the order of their queue. Thread-safe. */
final class ProfileProgress {
  private final Map<SourceId, Long> rowsRead = new LinkedHashMap<>();

  synchronized void waits(SourceId source) {
    rowsRead.put(source, 0L);
  }

  synchronized void reads(SourceId source, long rows) {
    rowsRead.replace(source, rows);
  }

  synchronized void ends(SourceId source) {
    rowsRead.remove(source);
  }

  /** Absent when this instance neither profiles the source nor has it wait. */
  synchronized Optional<Progress> of(SourceId source) {
    long ahead = rowsRead.keySet().stream().takeWhile(each -> !each.equals(source)).count();
    return Optional.ofNullable(rowsRead.get(source)).map(rows -> new Progress(ahead, rows));
  }

  /**
   * How far one profile is.
   *
   * @param ahead sources before this one in the queue, those that are being read among them
   * @param rows rows read so far
   */
  record Progress(long ahead, long rows) {}
}
