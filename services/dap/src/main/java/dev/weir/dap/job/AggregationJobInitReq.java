package dev.weir.dap.job;

import dev.weir.dap.id.BatchId;
import dev.weir.dap.report.Extension;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import java.util.List;

/**
 * A job of many reports. Immutable.
 *
 * @param verifyKeyId which of the keys agreed for the task, 0 to 255
 * @param aggregationParameter empty for Prio3
 * @param extensions order not checked here
 */
public record AggregationJobInitReq(
    int verifyKeyId, Bytes aggregationParameter, List<Extension> extensions, List<VerifyInit> inits)
    implements WireMessage {
  /** Code point of the extension that holds the batch of a leader-selected job. */
  public static final int BATCH_ID = 1;

  public AggregationJobInitReq {
    extensions = List.copyOf(extensions);
    inits = List.copyOf(inits);
  }

  public static AggregationJobInitReq read(WireReader in) {
    return new AggregationJobInitReq(
        in.u8(), in.v32(), in.list16(Extension::read), in.rest(VerifyInit::read));
  }

  public static Extension batch(BatchId batch) {
    return new Extension(BATCH_ID, batch.bytes());
  }

  @Override
  public void writeTo(WireWriter out) {
    out.u8(verifyKeyId).v32(aggregationParameter).v16(extensions).rest(inits);
  }
}
