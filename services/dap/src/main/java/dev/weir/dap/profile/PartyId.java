package dev.weir.dap.profile;

import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import dev.weir.kernel.CreditCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Names the party on whose behalf contributors sign, whichever of its keys they hold: the first 16
 * bytes of SHA-256 of its credit code. Immutable.
 */
public record PartyId(Bytes bytes) implements WireMessage {
  public static final int LENGTH = 16;

  private static final Bytes DOMAIN =
      Bytes.owning("weir dap-18 party".getBytes(StandardCharsets.US_ASCII));

  public static PartyId of(CreditCode party) {
    var code = Bytes.owning(party.value().getBytes(StandardCharsets.US_ASCII));
    var digest = new WireWriter().raw(DOMAIN).raw(code).toBytes().sha256();
    return new PartyId(Bytes.owning(Arrays.copyOf(digest.toArray(), LENGTH)));
  }

  public static PartyId read(WireReader in) {
    return new PartyId(in.raw(LENGTH));
  }

  @Override
  public void writeTo(WireWriter out) {
    out.raw(bytes);
  }
}
