package dev.weir.aggregation.stream;

import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.dap.id.ReportId;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.kernel.ProblemException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A message of a lane, read, with the task it is about.
 *
 * @param <T> the message of DAP
 */
record LaneMessage<T extends WireMessage>(LaneKey key, AggregationTask task, Carried<T> carried) {
  /**
   * Buries what is neither a message nor a marker, what is of no task of ours, and markers of
   * batches that the task cannot have.
   *
   * @param key as found, hostile
   * @param value as found, hostile
   */
  static <T extends WireMessage> Optional<LaneMessage<T>> read(
      LaneParts parts,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Function<WireReader, T> decoder,
      LaneOut out) {
    if (key == null || value == null) {
      out.bury("malformed");
      return Optional.empty();
    }
    LaneKey about;
    Carried<T> carried;
    try {
      about = LaneKey.of(key);
      carried = Carried.read(value, decoder);
    } catch (ProblemException malformed) {
      out.bury("malformed");
      return Optional.empty();
    }
    var task = parts.tasks().find(about.task());
    if (task.isEmpty()) {
      out.bury("unknown-task");
    } else if (carried instanceof Carried.Marked<T>(Marker marker)
        && !task.get().canHave(marker.batch())) {
      out.bury("wrong-batch");
      return Optional.empty();
    }
    return task.map(known -> new LaneMessage<>(about, known, carried));
  }

  /** False, and the message is buried, when its key names another report. */
  boolean isAbout(ReportId id, LaneOut out) {
    boolean own = key.equals(new LaneKey.OfReport(task.id(), id));
    if (!own) {
      out.bury("wrong-key");
    }
    return own;
  }
}
