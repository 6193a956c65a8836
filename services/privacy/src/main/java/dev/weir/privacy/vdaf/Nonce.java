package dev.weir.privacy.vdaf;

import java.security.SecureRandom;

/** 16 random bytes that the client chose for a report; public, and used once. */
public final class Nonce extends OpaqueBytes {
  public static final int BYTES = 16;

  private Nonce(byte[] bytes) {
    super(bytes);
  }

  /**
   * @throws IllegalArgumentException unless there are {@link #BYTES} bytes
   */
  public static Nonce of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a nonce has 16 bytes");
    }
    return new Nonce(bytes.clone());
  }

  public static Nonce random(SecureRandom random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new Nonce(bytes);
  }
}
