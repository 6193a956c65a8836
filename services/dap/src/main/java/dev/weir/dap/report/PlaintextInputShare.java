package dev.weir.dap.report;

import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import java.util.List;

/**
 * What one aggregator finds in its ciphertext; secret. Immutable.
 *
 * @param payload the input share of the VDAF, not empty
 */
public record PlaintextInputShare(List<Extension> privateExtensions, Bytes payload)
    implements WireMessage {
  public PlaintextInputShare {
    privateExtensions = List.copyOf(privateExtensions);
  }

  public static PlaintextInputShare read(WireReader in) {
    return new PlaintextInputShare(in.list16(Extension::read), in.notEmpty(in.v32()));
  }

  @Override
  public void writeTo(WireWriter out) {
    out.v16(privateExtensions).v32(payload);
  }
}
