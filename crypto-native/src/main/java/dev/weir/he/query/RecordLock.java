package dev.weir.he.query;

import dev.weir.he.oprf.OprfKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Records under keys of their own. A query can be any combination of what lies in a table, so each
 * record lies there encrypted under the value of an oblivious function on its name: who asks for
 * one name opens one record, whatever else its query brought along. Immutable, thread-safe.
 *
 * <p>AES-256-GCM with a fixed nonce: a key encrypts one record of one table, because the names that
 * are evaluated carry the table. The length of what is inside does not show.
 */
public final class RecordLock {
  static final int TAG_BYTES = 16;
  static final int LENGTH_BYTES = 2;

  /** Bytes that a locked record has more than it can hold. */
  public static final int OVERHEAD_BYTES = TAG_BYTES + LENGTH_BYTES;

  private static final byte[] NONCE = new byte[12];
  private static final byte[] LABEL = "weir lookup record v1".getBytes(StandardCharsets.US_ASCII);

  private final String table;

  /**
   * @param table names the table and its epoch; another epoch, another name
   */
  public RecordLock(String table) {
    this.table = table;
  }

  /** What is evaluated for the record at an index. */
  public byte[] name(int index) {
    return bytes("index", ByteBuffer.allocate(Integer.BYTES).putInt(0, index).array());
  }

  /** What is evaluated for a keyword. */
  public byte[] name(String keyword) {
    return bytes("keyword", keyword.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Encrypts under the key's value on a name.
   *
   * @param lockedBytes length of the result, {@link #OVERHEAD_BYTES} more than the longest record
   */
  public byte[] lock(OprfKey key, byte[] name, byte[] record, int lockedBytes) {
    if (record.length > lockedBytes - OVERHEAD_BYTES || record.length > 0xffff) {
      throw new IllegalArgumentException("the record is longer than its place");
    }
    var plain = ByteBuffer.allocate(lockedBytes - TAG_BYTES);
    plain.putShort((short) record.length).put(record);
    try {
      return cipher(Cipher.ENCRYPT_MODE, key.evaluate(name), name).doFinal(plain.array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /**
   * Opens with the value that an evaluation gave.
   *
   * @param value of the function on the name
   * @return empty when this is another record, or none
   */
  public Optional<byte[]> open(byte[] value, byte[] name, byte[] locked) {
    try {
      var plain = ByteBuffer.wrap(cipher(Cipher.DECRYPT_MODE, value, name).doFinal(locked));
      int length = Short.toUnsignedInt(plain.getShort());
      if (length > plain.remaining()) {
        return Optional.empty();
      }
      byte[] record = new byte[length];
      plain.get(record);
      return Optional.of(record);
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  private static Cipher cipher(int mode, byte[] value, byte[] name)
      throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(value, "HmacSHA256"));
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        new SecretKeySpec(mac.doFinal(LABEL), "AES"),
        new GCMParameterSpec(TAG_BYTES * Byte.SIZE, NONCE));
    cipher.updateAAD(name);
    return cipher;
  }

  private byte[] bytes(String kind, byte[] rest) {
    byte[] head = table.getBytes(StandardCharsets.UTF_8);
    byte[] kindBytes = kind.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(2 * Short.BYTES + head.length + kindBytes.length + rest.length)
        .putShort((short) head.length)
        .put(head)
        .putShort((short) kindBytes.length)
        .put(kindBytes)
        .put(rest)
        .array();
  }
}
