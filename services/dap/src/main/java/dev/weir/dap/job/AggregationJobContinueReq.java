package dev.weir.dap.job;

import dev.weir.dap.id.ReportId;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import java.util.List;

/**
 * A further round of a job; Prio3 needs none. Immutable.
 *
 * @param step from 1
 */
public record AggregationJobContinueReq(int step, List<VerifyContinue> reports)
    implements WireMessage {
  public AggregationJobContinueReq {
    reports = List.copyOf(reports);
  }

  public static AggregationJobContinueReq read(WireReader in) {
    return new AggregationJobContinueReq(in.u16(), in.rest(VerifyContinue::read));
  }

  @Override
  public void writeTo(WireWriter out) {
    out.u16(step).rest(reports);
  }

  /**
   * The leader's next message for one report.
   *
   * @param payload not empty
   */
  public record VerifyContinue(ReportId id, Bytes payload) implements WireMessage {
    static VerifyContinue read(WireReader in) {
      return new VerifyContinue(ReportId.read(in), in.notEmpty(in.v32()));
    }

    @Override
    public void writeTo(WireWriter out) {
      out.message(id).v32(payload);
    }
  }
}
