package dev.weir.dap.collection;

import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;

/**
 * A collected batch. Immutable.
 *
 * @param reports how many, unsigned
 * @param interval the smallest that covers their times
 * @param leader aggregate share sealed for the collector
 * @param helper aggregate share sealed for the collector
 */
public record CollectionJobResp(
    long reports, TimeInterval interval, HpkeCiphertext leader, HpkeCiphertext helper)
    implements WireMessage {
  public static CollectionJobResp read(WireReader in) {
    return new CollectionJobResp(
        in.u64(), TimeInterval.read(in), HpkeCiphertext.read(in), HpkeCiphertext.read(in));
  }

  @Override
  public void writeTo(WireWriter out) {
    out.u64(reports).message(interval).message(leader).message(helper);
  }
}
