package dev.weir.dap.collection;

import dev.weir.dap.id.BatchId;
import dev.weir.dap.task.BatchMode;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;

/** Which batch the leader means. Immutable. */
public sealed interface BatchSelector extends WireMessage {
  static BatchSelector read(WireReader in) {
    return switch (BatchMode.read(in)) {
      case TIME_INTERVAL -> new OfInterval(in.in16(TimeInterval::read));
      case LEADER_SELECTED -> new OfBatch(in.in16(BatchId::read));
    };
  }

  BatchMode mode();

  /** All reports of an interval. */
  record OfInterval(TimeInterval interval) implements BatchSelector {
    @Override
    public BatchMode mode() {
      return BatchMode.TIME_INTERVAL;
    }

    @Override
    public void writeTo(WireWriter out) {
      out.u8(mode().code()).v16(interval.encoded());
    }
  }

  /** One batch that the leader put together. */
  record OfBatch(BatchId batch) implements BatchSelector {
    @Override
    public BatchMode mode() {
      return BatchMode.LEADER_SELECTED;
    }

    @Override
    public void writeTo(WireWriter out) {
      out.u8(mode().code()).v16(batch.bytes());
    }
  }
}
