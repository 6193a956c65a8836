package dev.weir.dap.job;

import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.report.ReportMetadata;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;

/**
 * The helper's part of a report. Immutable.
 *
 * @param inputShare sealed for the helper
 */
public record ReportShare(ReportMetadata metadata, Bytes publicShare, HpkeCiphertext inputShare)
    implements WireMessage {
  public static ReportShare read(WireReader in) {
    return new ReportShare(ReportMetadata.read(in), in.v32(), HpkeCiphertext.read(in));
  }

  @Override
  public void writeTo(WireWriter out) {
    out.message(metadata).v32(publicShare).message(inputShare);
  }
}
