package dev.weir.privacy.vdaf;

import java.security.SecureRandom;

/**
 * The key that the aggregators of a task share and no client may know; fixed before the first
 * report.
 */
public final class VerifyKey extends OpaqueBytes {
  public static final int BYTES = 32;

  private VerifyKey(byte[] bytes) {
    super(bytes);
  }

  /**
   * @throws IllegalArgumentException unless there are {@link #BYTES} bytes
   */
  public static VerifyKey of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a verify key has 32 bytes");
    }
    return new VerifyKey(bytes.clone());
  }

  public static VerifyKey random(SecureRandom random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new VerifyKey(bytes);
  }
}
