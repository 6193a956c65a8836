package dev.weir.dap.report;

import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import java.util.List;

/** Reports to the end of the body. Immutable. */
public record UploadRequest(List<Report> reports) implements WireMessage {
  /** Bytes of reports that fit into one request at every leader; a larger report goes alone. */
  public static final int MOST_BYTES = 960 << 10;

  public UploadRequest {
    reports = List.copyOf(reports);
  }

  public static UploadRequest read(WireReader in) {
    return new UploadRequest(in.rest(Report::read));
  }

  @Override
  public void writeTo(WireWriter out) {
    out.rest(reports);
  }
}
