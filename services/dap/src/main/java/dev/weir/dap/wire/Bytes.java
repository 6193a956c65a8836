package dev.weir.dap.wire;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A string of bytes. Immutable. It may hold a share or a ciphertext, so {@code toString} gives the
 * length only and equality takes the same time wherever two strings of one length differ.
 */
public final class Bytes implements Comparable<Bytes> {
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** Copies the array. */
  public static Bytes copyOf(byte[] content) {
    return new Bytes(content.clone());
  }

  /** Takes the array over: the caller never touches it again. */
  public static Bytes owning(byte[] content) {
    return new Bytes(content);
  }

  /** From lower- or upper-case hexadecimal digits. */
  public static Bytes ofHex(String hex) {
    return new Bytes(HexFormat.of().parseHex(hex));
  }

  public int length() {
    return content.length;
  }

  public boolean isEmpty() {
    return content.length == 0;
  }

  /** A copy. */
  public byte[] toArray() {
    return content.clone();
  }

  public ByteBuffer toBuffer() {
    return ByteBuffer.wrap(content).asReadOnlyBuffer();
  }

  public Bytes sha256() {
    try {
      return new Bytes(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Bit by bit exclusive or.
   *
   * @param other of the same length
   */
  public Bytes xor(Bytes other) {
    if (other.content.length != content.length) {
      throw new IllegalArgumentException("lengths differ");
    }
    byte[] sum = content.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] ^= other.content[i];
    }
    return new Bytes(sum);
  }

  /** For ids and digests; never for shares. */
  public String hex() {
    return HexFormat.of().formatHex(content);
  }

  void writeTo(WireWriter out) {
    out.raw(content);
  }

  /** As unsigned bytes, first difference first. */
  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(content, other.content);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bytes bytes && MessageDigest.isEqual(content, bytes.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return "Bytes[" + content.length + "]";
  }
}
