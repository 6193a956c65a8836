package dev.weir.intake.cleaning;

import dev.weir.intake.frame.Row;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The first 128 bits of SHA-256 over some cells of a row; rows with equal digests are taken as
 * equal. Two of n different rows are mistaken for each other with probability below n²·2⁻¹²⁹, less
 * than 2⁻⁶⁰ for ten billion. Confined to one thread.
 */
public final class RowDigest {
  private final MessageDigest sha256;
  private byte[] buffer = new byte[1024];
  private int used;
  private long high;
  private long low;

  public RowDigest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Computes the digest of the given columns. */
  public void of(Row row, int[] columns) {
    used = 0;
    for (int column : columns) {
      byte kind = row.kind(column);
      ensure(1 + Long.BYTES);
      buffer[used++] = kind;
      switch (kind) {
        case Row.NUMBER -> put(row.number(column));
        case Row.REAL -> put(Double.doubleToLongBits(row.real(column)));
        case Row.TEXT, Row.BAD -> put(row.text(column));
        default -> {}
      }
    }
    finish();
  }

  /** Computes the digest of one text. */
  public void of(String text) {
    used = 0;
    put(text);
    finish();
  }

  public long high() {
    return high;
  }

  public long low() {
    return low;
  }

  private void finish() {
    sha256.update(buffer, 0, used);
    var bytes = ByteBuffer.wrap(sha256.digest());
    high = bytes.getLong();
    low = bytes.getLong();
  }

  private void put(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      buffer[used++] = (byte) (value >>> shift);
    }
  }

  private void put(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ensure(Long.BYTES + bytes.length);
    put((long) bytes.length);
    System.arraycopy(bytes, 0, buffer, used, bytes.length);
    used += bytes.length;
  }

  private void ensure(int bytes) {
    if (used + bytes > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, used + bytes + Long.BYTES));
    }
  }
}
