package dev.weir.dap.job;

import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import java.util.List;

/** One answer to each report of a job, in its order. Immutable. */
public record AggregationJobResp(List<VerifyResp> answers) implements WireMessage {
  public AggregationJobResp {
    answers = List.copyOf(answers);
  }

  public static AggregationJobResp read(WireReader in) {
    return new AggregationJobResp(in.rest(VerifyResp::read));
  }

  @Override
  public void writeTo(WireWriter out) {
    out.rest(answers);
  }
}
