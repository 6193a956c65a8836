package dev.weir.dap.report;

import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;

/**
 * One measurement, shared out and sealed. Immutable.
 *
 * @param leader input share sealed for the leader
 * @param helper input share sealed for the helper
 */
public record Report(
    ReportMetadata metadata, Bytes publicShare, HpkeCiphertext leader, HpkeCiphertext helper)
    implements WireMessage {
  public static Report read(WireReader in) {
    return new Report(
        ReportMetadata.read(in), in.v32(), HpkeCiphertext.read(in), HpkeCiphertext.read(in));
  }

  /** About as long as it is encoded, without encoding it: its shares and its extensions. */
  public int bytes() {
    int extensions =
        metadata.publicExtensions().stream().mapToInt(each -> each.data().length()).sum();
    return extensions
        + publicShare.length()
        + leader.enc().length()
        + leader.payload().length()
        + helper.enc().length()
        + helper.payload().length();
  }

  @Override
  public void writeTo(WireWriter out) {
    out.message(metadata).v32(publicShare).message(leader).message(helper);
  }
}
