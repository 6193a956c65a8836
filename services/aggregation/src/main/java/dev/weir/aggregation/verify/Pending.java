package dev.weir.aggregation.verify;

import dev.weir.dap.profile.PartyId;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;

/**
 * What the leader keeps of a report until the helper has answered; secret. Immutable.
 *
 * @param bucket where it will be counted
 * @param party whose it is
 * @param expected the verifier message that lets it pass
 * @param outputShare what will then be added up
 */
public record Pending(long time, Bytes bucket, PartyId party, Bytes expected, Bytes outputShare)
    implements WireMessage {
  public static Pending read(WireReader in) {
    return new Pending(in.u64(), in.v8(), PartyId.read(in), in.v32(), in.v32());
  }

  @Override
  public void writeTo(WireWriter out) {
    out.u64(time).v8(bucket).message(party).v32(expected).v32(outputShare);
  }
}
