package dev.weir.intake.treatment;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret of one lineage, from which pseudonyms and date shifts are derived, each under its own
 * label. Confined to one thread; zeroed on close.
 */
public final class LineageKey implements AutoCloseable {
  static final int KEY_BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] secret;
  private final Mac mac;

  /**
   * @param secret 32 bytes; taken over
   */
  LineageKey(byte[] secret) {
    if (secret.length != KEY_BYTES) {
      throw new IllegalArgumentException("a lineage key has 32 bytes");
    }
    this.secret = secret;
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /** HMAC-SHA-256 of label, zero byte, value: 32 bytes. */
  byte[] derive(String label, String value) {
    mac.update(label.getBytes(StandardCharsets.US_ASCII));
    mac.update((byte) 0);
    return mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    mac.reset();
    Arrays.fill(secret, (byte) 0);
  }

  @Override
  public String toString() {
    return "LineageKey[256 bits]";
  }
}
