package dev.weir.aggregation.collect;

import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import dev.weir.kernel.ProblemType;
import java.nio.charset.StandardCharsets;

/**
 * The leader refuses a collection of which the helper has not heard. It goes the way of the
 * requests for shares, and begins with a byte that no request begins with. Immutable.
 */
record LeaderRefusal(CollectionJobReq request, BatchSelector batch, ProblemType problem)
    implements WireMessage {
  /** No batch mode of DAP, with which a request for a share begins. */
  private static final int MARK = 0;

  static boolean is(byte[] value) {
    return value.length > 0 && value[0] == MARK;
  }

  static LeaderRefusal read(WireReader in) {
    if (in.u8() != MARK) {
      throw WireReader.malformed("The message is no refusal.");
    }
    return new LeaderRefusal(
        CollectionJobReq.read(in), BatchSelector.read(in), ShareAnswer.problem(in.v8()));
  }

  @Override
  public void writeTo(WireWriter out) {
    out.u8(MARK)
        .message(request)
        .message(batch)
        .v8(Bytes.owning(problem.name().getBytes(StandardCharsets.US_ASCII)));
  }
}
