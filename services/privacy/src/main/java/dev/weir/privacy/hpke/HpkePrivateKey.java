package dev.weir.privacy.hpke;

import dev.weir.privacy.curve.X25519;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An X25519 private key with its public key. Prints nothing, compares in constant time, is zeroed
 * on close. Thread-safe until closed.
 */
public final class HpkePrivateKey implements AutoCloseable {
  private final byte[] bytes;
  private final HpkePublicKey publicKey;
  private volatile boolean closed;

  private HpkePrivateKey(byte[] bytes) {
    this.bytes = bytes;
    this.publicKey = HpkePublicKey.of(X25519.publicKey(bytes));
  }

  /**
   * @throws IllegalArgumentException unless there are 32 bytes
   */
  public static HpkePrivateKey of(byte[] bytes) {
    if (bytes.length != X25519.BYTES) {
      throw new IllegalArgumentException("an X25519 private key has 32 bytes");
    }
    return new HpkePrivateKey(bytes.clone());
  }

  public static HpkePrivateKey random(SecureRandom random) {
    return new HpkePrivateKey(X25519.privateKey(random));
  }

  /** DeriveKeyPair of RFC 9180 §7.1.3: the same key from the same secret input. */
  public static HpkePrivateKey derive(byte[] inputKeyMaterial) {
    return new HpkePrivateKey(Dhkem.deriveKey(inputKeyMaterial));
  }

  public HpkePublicKey publicKey() {
    return publicKey;
  }

  /** A copy that the caller clears. */
  public byte[] revealBytes() {
    return open().clone();
  }

  /** The array itself, not to be changed. */
  byte[] open() {
    if (closed) {
      throw new IllegalStateException("the key was closed");
    }
    return bytes;
  }

  @Override
  public void close() {
    closed = true;
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HpkePrivateKey that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return publicKey.hashCode();
  }

  @Override
  public String toString() {
    return "HpkePrivateKey[32 bytes]";
  }
}
