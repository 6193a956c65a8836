package dev.weir.he.oprf;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashing of the suite OPRFV1-1-P256-SHA256: RFC 9497, 4.3; RFC 9380, 5. */
final class Suite {
  static final int HASH_BYTES = 32;

  private static final int BLOCK_BYTES = 64;
  private static final int FIELD_BYTES = 48; // L of RFC 9380 for P-256
  private static final byte[] CONTEXT =
      join(ascii("OPRFV1-"), new byte[] {1}, ascii("-P256-SHA256"));

  private Suite() {}

  static byte[] domain(String purpose) {
    return join(ascii(purpose), CONTEXT);
  }

  static BigInteger scalar(byte[] input, String purpose) {
    return new BigInteger(1, expand(input, domain(purpose), FIELD_BYTES)).mod(P256.ORDER);
  }

  static P256.Hashed field(byte[] input) {
    byte[] uniform = expand(input, domain("HashToGroup-"), 2 * FIELD_BYTES);
    var halves = ByteBuffer.wrap(uniform);
    byte[] first = new byte[FIELD_BYTES];
    byte[] second = new byte[FIELD_BYTES];
    halves.get(first).get(second);
    return new P256.Hashed(new BigInteger(1, first), new BigInteger(1, second));
  }

  static byte[] hash(byte[]... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Two bytes of length, then the bytes. */
  static byte[] sized(byte[] bytes) {
    return join(number(bytes.length, 2), bytes);
  }

  static byte[] number(int value, int bytes) {
    byte[] out = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      out[i] = (byte) (value >>> ((bytes - 1 - i) * Byte.SIZE));
    }
    return out;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** expand_message_xmd. */
  private static byte[] expand(byte[] message, byte[] domain, int bytes) {
    byte[] tail = join(domain, number(domain.length, 1));
    byte[] first = hash(new byte[BLOCK_BYTES], message, number(bytes, 2), new byte[1], tail);
    byte[] block = hash(first, number(1, 1), tail);
    byte[] out = new byte[bytes];
    for (int i = 0; i < bytes; i += HASH_BYTES) {
      System.arraycopy(block, 0, out, i, Math.min(HASH_BYTES, bytes - i));
      for (int j = 0; j < HASH_BYTES; j++) {
        block[j] ^= first[j];
      }
      block = hash(block, number(i / HASH_BYTES + 2, 1), tail);
    }
    return out;
  }
}
