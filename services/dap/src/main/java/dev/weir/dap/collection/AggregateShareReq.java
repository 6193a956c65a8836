package dev.weir.dap.collection;

import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;

/**
 * The leader's request for the helper's aggregate share. Immutable.
 *
 * @param collection the collector's request, unchanged
 * @param reports in the leader's batch, unsigned
 * @param checksum exclusive or of SHA-256 over the ids of those reports, 32 bytes
 */
public record AggregateShareReq(
    CollectionJobReq collection, BatchSelector selector, long reports, Bytes checksum)
    implements WireMessage {
  public static final int CHECKSUM_LENGTH = 32;

  public static AggregateShareReq read(WireReader in) {
    return new AggregateShareReq(
        CollectionJobReq.read(in), BatchSelector.read(in), in.u64(), in.raw(CHECKSUM_LENGTH));
  }

  @Override
  public void writeTo(WireWriter out) {
    out.message(collection).message(selector).u64(reports).raw(checksum);
  }
}
