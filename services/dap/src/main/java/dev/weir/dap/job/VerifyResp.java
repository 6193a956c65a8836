package dev.weir.dap.job;

import dev.weir.dap.id.ReportId;
import dev.weir.dap.report.ReportError;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;

/** What the helper says to one report. Immutable. */
public sealed interface VerifyResp extends WireMessage {
  ReportId id();

  static VerifyResp read(WireReader in) {
    var id = ReportId.read(in);
    return switch (in.u8()) {
      case Continue.TYPE -> new Continue(id, in.notEmpty(in.v32()));
      case Finish.TYPE -> new Finish(id);
      case Reject.TYPE -> new Reject(id, in.u8());
      default -> throw WireReader.malformed("The answer to a report is of no known type.");
    };
  }

  /**
   * Verification goes on.
   *
   * @param payload ping-pong message, not empty
   */
  record Continue(ReportId id, Bytes payload) implements VerifyResp {
    static final int TYPE = 0;

    @Override
    public void writeTo(WireWriter out) {
      out.message(id).u8(TYPE).v32(payload);
    }
  }

  /** The helper has counted it and has nothing more to say. */
  record Finish(ReportId id) implements VerifyResp {
    static final int TYPE = 1;

    @Override
    public void writeTo(WireWriter out) {
      out.message(id).u8(TYPE);
    }
  }

  /**
   * The helper does not count it.
   *
   * @param code see {@link ReportError#of}
   */
  record Reject(ReportId id, int code) implements VerifyResp {
    static final int TYPE = 2;

    public static Reject of(ReportId id, ReportError error) {
      return new Reject(id, error.code());
    }

    @Override
    public void writeTo(WireWriter out) {
      out.message(id).u8(TYPE).u8(code);
    }
  }
}
