package dev.weir.intake.record;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Ids of records: the first 16 bytes of SHA-256 over the source's SHA-256 and the ordinal as eight
 * big-endian bytes. The same record of the same source has the same id in every run. Confined to
 * one thread.
 */
public final class RecordIds {
  private final MessageDigest sha256;
  private final ByteBuffer input = ByteBuffer.allocate(32 + Long.BYTES);

  /**
   * @param sourceSha256 lower-case hex
   */
  public RecordIds(String sourceSha256) {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    input.put(HexFormat.of().parseHex(sourceSha256));
  }

  public byte[] of(long ordinal) {
    input.putLong(32, ordinal);
    sha256.update(input.array());
    return Arrays.copyOf(sha256.digest(), RecordAvro.ID_BYTES);
  }
}
