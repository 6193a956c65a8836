package dev.weir.dap.report;

import dev.weir.dap.id.ReportId;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import java.util.List;

/**
 * What both aggregators may know about a report. Immutable.
 *
 * @param time in units of the task's precision since 1970; unsigned
 * @param publicExtensions order not checked here
 */
public record ReportMetadata(ReportId id, long time, List<Extension> publicExtensions)
    implements WireMessage {
  public ReportMetadata {
    publicExtensions = List.copyOf(publicExtensions);
  }

  public static ReportMetadata read(WireReader in) {
    return new ReportMetadata(ReportId.read(in), in.u64(), in.list16(Extension::read));
  }

  @Override
  public void writeTo(WireWriter out) {
    out.message(id).u64(time).v16(publicExtensions);
  }
}
