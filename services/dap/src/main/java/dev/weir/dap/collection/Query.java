package dev.weir.dap.collection;

import dev.weir.dap.task.BatchMode;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;

/** Which batch the collector wants. Immutable. */
public sealed interface Query extends WireMessage {
  static Query read(WireReader in) {
    return switch (BatchMode.read(in)) {
      case TIME_INTERVAL -> new OfInterval(in.in16(TimeInterval::read));
      case LEADER_SELECTED -> in.in16(empty -> new NextBatch());
    };
  }

  BatchMode mode();

  /** All reports of an interval. */
  record OfInterval(TimeInterval interval) implements Query {
    @Override
    public BatchMode mode() {
      return BatchMode.TIME_INTERVAL;
    }

    @Override
    public void writeTo(WireWriter out) {
      out.u8(mode().code()).v16(interval.encoded());
    }
  }

  /** The next batch that the leader has ready. */
  record NextBatch() implements Query {
    @Override
    public BatchMode mode() {
      return BatchMode.LEADER_SELECTED;
    }

    @Override
    public void writeTo(WireWriter out) {
      out.u8(mode().code()).u16(0);
    }
  }
}
