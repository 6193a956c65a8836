package dev.weir.aggregation.stream;

import dev.weir.dap.id.ReportId;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.profile.Lane;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;

/**
 * The key of a message in a lane's topic. It alone says which partition the message belongs to.
 * Immutable.
 */
public sealed interface LaneKey {
  TaskId task();

  int lane(int lanes);

  Bytes encoded();

  /** Of a report: task id and report id. */
  record OfReport(TaskId task, ReportId report) implements LaneKey {
    static final int LENGTH = TaskId.LENGTH + ReportId.LENGTH;

    @Override
    public int lane(int lanes) {
      return Lane.of(task, report, lanes);
    }

    @Override
    public Bytes encoded() {
      return new WireWriter().message(task).message(report).toBytes();
    }
  }

  /**
   * Of a marker: task id, the collection's name and the lane.
   *
   * @param collection 16 bytes
   */
  record OfMarker(TaskId task, Bytes collection, int number) implements LaneKey {
    @Override
    public int lane(int lanes) {
      return Math.min(number, lanes - 1);
    }

    @Override
    public Bytes encoded() {
      return new WireWriter().message(task).raw(collection).u16(number).toBytes();
    }
  }

  /**
   * @throws dev.weir.kernel.ProblemException for anything else
   */
  static LaneKey of(byte[] key) {
    return WireReader.whole(
        key,
        in -> {
          var task = TaskId.read(in);
          return key.length == OfReport.LENGTH
              ? new OfReport(task, ReportId.read(in))
              : new OfMarker(task, in.raw(ReportId.LENGTH), in.u16());
        });
  }
}
