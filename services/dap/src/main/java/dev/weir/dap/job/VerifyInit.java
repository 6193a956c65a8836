package dev.weir.dap.job;

import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;

/**
 * What begins the verification of one report. Immutable.
 *
 * @param payload the leader's first ping-pong message, not empty
 */
public record VerifyInit(ReportShare share, Bytes payload) implements WireMessage {
  public static VerifyInit read(WireReader in) {
    return new VerifyInit(ReportShare.read(in), in.notEmpty(in.v32()));
  }

  @Override
  public void writeTo(WireWriter out) {
    out.message(share).v32(payload);
  }
}
