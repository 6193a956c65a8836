package dev.weir.privacy.hpke;

import dev.weir.privacy.curve.X25519;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** An X25519 public key. Immutable. */
public final class HpkePublicKey {
  private final byte[] bytes;

  private HpkePublicKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * @throws IllegalArgumentException unless there are 32 bytes
   */
  public static HpkePublicKey of(byte[] bytes) {
    if (bytes.length != X25519.BYTES) {
      throw new IllegalArgumentException("an X25519 public key has 32 bytes");
    }
    return new HpkePublicKey(bytes.clone());
  }

  /** True for a point that leads every private key to the same secret: none can be sealed to it. */
  public boolean isOfSmallOrder() {
    byte[] any = new byte[X25519.BYTES];
    Arrays.fill(any, (byte) 1);
    return Arrays.equals(X25519.multiply(any, bytes), new byte[X25519.BYTES]);
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HpkePublicKey that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
