package dev.weir.dap.report;

import dev.weir.dap.id.ReportId;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import java.util.List;

/** The reports of an upload that were not taken, in the order of the request. Immutable. */
public record UploadErrors(List<Failure> failures) implements WireMessage {
  public UploadErrors {
    failures = List.copyOf(failures);
  }

  public static UploadErrors read(WireReader in) {
    return new UploadErrors(in.rest(Failure::read));
  }

  @Override
  public void writeTo(WireWriter out) {
    out.rest(failures);
  }

  /**
   * One report that was not taken.
   *
   * @param code see {@link ReportError#of}
   */
  public record Failure(ReportId id, int code) implements WireMessage {
    public static Failure of(ReportId id, ReportError error) {
      return new Failure(id, error.code());
    }

    static Failure read(WireReader in) {
      return new Failure(ReportId.read(in), in.u8());
    }

    @Override
    public void writeTo(WireWriter out) {
      out.message(id).u8(code);
    }
  }
}
