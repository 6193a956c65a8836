package dev.weir.dap.hpke;

import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import dev.weir.privacy.curve.X25519;
import dev.weir.privacy.hpke.HpkePublicKey;

/**
 * A receiver's public key and the algorithms it is for, as code points of RFC 9180. Immutable.
 *
 * @param id 0 to 255, distinct among the keys of one receiver
 * @param publicKey not empty
 */
public record HpkeConfig(int id, int kem, int kdf, int aead, Bytes publicKey)
    implements WireMessage {
  public static final int X25519_SHA256 = 0x0020;
  public static final int HKDF_SHA256 = 0x0001;
  public static final int AES_128_GCM = 0x0001;

  /** With the suite that every party must speak. */
  public static HpkeConfig mandatory(int id, Bytes publicKey) {
    return new HpkeConfig(id, X25519_SHA256, HKDF_SHA256, AES_128_GCM, publicKey);
  }

  public static HpkeConfig read(WireReader in) {
    return new HpkeConfig(in.u8(), in.u16(), in.u16(), in.u16(), in.notEmpty(in.v16()));
  }

  /** True when {@link #mandatory} made it, or could have. */
  public boolean isMandatorySuite() {
    return kem == X25519_SHA256 && kdf == HKDF_SHA256 && aead == AES_128_GCM;
  }

  /** True when somebody who speaks the mandatory suite can seal to it. */
  public boolean isUsable() {
    return isMandatorySuite()
        && publicKey.length() == X25519.BYTES
        && !HpkePublicKey.of(publicKey.toArray()).isOfSmallOrder();
  }

  @Override
  public void writeTo(WireWriter out) {
    out.u8(id).u16(kem).u16(kdf).u16(aead).v16(publicKey);
  }
}
