package dev.weir.dap.collection;

import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;

/** The helper's aggregate share, sealed for the collector. Immutable. */
public record AggregateShare(HpkeCiphertext sealed) implements WireMessage {
  public static AggregateShare read(WireReader in) {
    return new AggregateShare(HpkeCiphertext.read(in));
  }

  @Override
  public void writeTo(WireWriter out) {
    out.message(sealed);
  }
}
