package dev.weir.dap.hpke;

import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;

/**
 * A sealed plaintext. Immutable.
 *
 * @param configId of the receiver's key, 0 to 255
 * @param enc encapsulated key, not empty
 * @param payload plaintext and tag, not empty
 */
public record HpkeCiphertext(int configId, Bytes enc, Bytes payload) implements WireMessage {
  public static HpkeCiphertext read(WireReader in) {
    return new HpkeCiphertext(in.u8(), in.notEmpty(in.v16()), in.notEmpty(in.v32()));
  }

  @Override
  public void writeTo(WireWriter out) {
    out.u8(configId).v16(enc).v32(payload);
  }
}
