package dev.weir.audit.log;

import java.util.Arrays;

/** The bytes of a leaf, RFC 8785 JSON; not secret, but for its readers only. Immutable. */
public final class LeafBytes {
  private final byte[] bytes;

  private LeafBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  public static LeafBytes of(byte[] bytes) {
    return new LeafBytes(bytes.clone());
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LeafBytes leaf && Arrays.equals(bytes, leaf.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "leaf of " + bytes.length + " bytes";
  }
}
