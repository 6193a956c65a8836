package dev.weir.dap.profile;

import dev.weir.dap.id.ReportId;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.report.Extension;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import java.nio.charset.StandardCharsets;

/**
 * The public report extension by which each aggregator knows, without trusting the other, that a
 * contributor of the task made the report. Immutable.
 *
 * @param signature over {@link #statement}, in the suite of the contributor's key
 */
public record ContributorProof(ContributorId contributor, Bytes signature) implements WireMessage {
  /** Code point, of the range that DAP leaves to private agreement. */
  public static final int EXTENSION = 0xff57;

  private static final Bytes DOMAIN =
      Bytes.owning("weir dap-18 contribution".getBytes(StandardCharsets.US_ASCII));

  public static ContributorProof read(WireReader in) {
    return new ContributorProof(ContributorId.read(in), in.notEmpty(in.v16()));
  }

  /** What a contributor signs. */
  public static Bytes statement(TaskId task, ReportId report, long time) {
    return new WireWriter().raw(DOMAIN).message(task).message(report).u64(time).toBytes();
  }

  public Extension extension() {
    return new Extension(EXTENSION, encoded());
  }

  @Override
  public void writeTo(WireWriter out) {
    out.message(contributor).v16(signature);
  }
}
