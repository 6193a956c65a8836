package dev.weir.privacy.vdaf;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of one meaning. Prints its size only; equality of two values of one type takes the same
 * time whatever they hold. Immutable.
 */
public abstract sealed class OpaqueBytes
    permits AggregateShare,
        InputShare,
        Nonce,
        OutputShare,
        PublicShare,
        VerifierMessage,
        VerifierShare,
        VerifyKey {
  private final byte[] bytes;

  /** Takes the array over. */
  OpaqueBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The encoding; a copy. Whoever calls this for a share answers for where it goes. */
  public final byte[] revealBytes() {
    return bytes.clone();
  }

  /** How long the encoding is. */
  public final int byteLength() {
    return bytes.length;
  }

  /** The array itself, not to be changed. */
  final byte[] raw() {
    return bytes;
  }

  /** The same for all values of a type and length, since a hash of a secret is a secret. */
  @Override
  public final int hashCode() {
    return 31 * getClass().hashCode() + bytes.length;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof OpaqueBytes that
        && getClass() == that.getClass()
        && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + "[" + bytes.length + " bytes]";
  }
}
