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
 * @param helperShare SHA-256 of the helper's input share: seeds of 32 bytes, so that it tells the
 *     leader nothing
 * @param signature over {@link #statement}, in the suite of the contributor's key
 */
public record ContributorProof(ContributorId contributor, Bytes helperShare, Bytes signature)
    implements WireMessage {
  /** Code point, of the range that DAP leaves to private agreement. */
  public static final int EXTENSION = 0xff57;

  private static final int DIGEST = 32;

  private static final Bytes DOMAIN =
      Bytes.owning("weir dap-18 contribution 2".getBytes(StandardCharsets.US_ASCII));

  public static ContributorProof read(WireReader in) {
    return new ContributorProof(ContributorId.read(in), in.raw(DIGEST), in.notEmpty(in.v16()));
  }

  /**
   * What a contributor signs. A leader that keeps report id, time and signature and puts another
   * measurement under them would need the helper's share of it.
   *
   * @param helperShare as {@link #helperShare()}
   */
  public static Bytes statement(
      TaskId task, ReportId report, long time, Bytes publicShare, Bytes helperShare) {
    return new WireWriter()
        .raw(DOMAIN)
        .message(task)
        .message(report)
        .u64(time)
        .raw(publicShare.sha256())
        .raw(helperShare)
        .toBytes();
  }

  /** Whether an input share is the one that was signed for the helper. */
  public boolean isOf(Bytes inputShare) {
    return helperShare.equals(inputShare.sha256());
  }

  public Extension extension() {
    return new Extension(EXTENSION, encoded());
  }

  @Override
  public void writeTo(WireWriter out) {
    out.message(contributor).raw(helperShare).v16(signature);
  }
}
