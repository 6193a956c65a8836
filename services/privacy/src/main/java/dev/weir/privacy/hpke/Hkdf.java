package dev.weir.privacy.hpke;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * HKDF-SHA256 (RFC 5869) with the labels of RFC 9180 §4, for outputs of one block. One digest is
 * used for all of an operation. Confined to one thread.
 */
final class Hkdf {
  static final int HASH_BYTES = 32;

  private static final int BLOCK_BYTES = 64;
  private static final byte[] VERSION = "HPKE-v1".getBytes(StandardCharsets.US_ASCII);

  private final MessageDigest sha256;

  Hkdf() {
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * @param salt at most 64 bytes; empty stands for zeros
   */
  byte[] labeledExtract(byte[] suiteId, byte[] salt, String label, byte[] input) {
    return hmac(salt, VERSION, suiteId, ascii(label), input);
  }

  /**
   * @param length at most {@link #HASH_BYTES}
   */
  byte[] labeledExpand(byte[] suiteId, byte[] key, String label, byte[] info, int length) {
    if (length > HASH_BYTES) {
      throw new IllegalArgumentException("one block of output only");
    }
    byte[] prefix = {(byte) (length >>> 8), (byte) length};
    byte[] block = {1};
    var out = hmac(key, prefix, VERSION, suiteId, ascii(label), info, block);
    return length == HASH_BYTES ? out : java.util.Arrays.copyOf(out, length);
  }

  private byte[] hmac(byte[] key, byte[]... message) {
    var pad = new byte[BLOCK_BYTES];
    System.arraycopy(key, 0, pad, 0, key.length);
    mask(pad, 0x36);
    sha256.update(pad);
    for (byte[] part : message) {
      sha256.update(part);
    }
    var inner = sha256.digest();
    mask(pad, 0x36 ^ 0x5C);
    sha256.update(pad);
    return sha256.digest(inner);
  }

  private static void mask(byte[] pad, int with) {
    for (int i = 0; i < pad.length; i++) {
      pad[i] ^= (byte) with;
    }
  }

  private static byte[] ascii(String label) {
    return label.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] concat(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    var all = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }
}
