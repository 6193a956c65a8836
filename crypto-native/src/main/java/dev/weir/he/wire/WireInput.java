package dev.weir.he.wire;

import dev.weir.he.ParmsId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/** Reads little-endian values and never beyond the end. Confined to one thread. */
final class WireInput {
  static final int HEADER_BYTES = 16;

  private static final int MAGIC = 0xA15E;

  private final ByteBuffer bytes;

  WireInput(ByteBuffer bytes) {
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * A header.
   *
   * @param size of everything that belongs to it, the header included
   */
  record Header(int minor, Compression compression, long size) {}

  Header header() {
    need(HEADER_BYTES);
    WireException.require(Short.toUnsignedInt(bytes.getShort()) == MAGIC);
    WireException.require(bytes.get() == HEADER_BYTES && bytes.get() == SealForm.MAJOR);
    int minor = bytes.get();
    WireException.require(minor >= 0 && minor <= SealForm.CURRENT.minor());
    var compression = Compression.of(bytes.get());
    WireException.require(bytes.getShort() == 0);
    long size = bytes.getLong();
    WireException.require(size >= HEADER_BYTES);
    return new Header(minor, compression, size);
  }

  /** A header inside another object: of the same version, not compressed, of exactly this size. */
  void nested(int minor, long size) {
    var header = header();
    WireException.require(header.minor() == minor);
    WireException.require(header.compression() == Compression.NONE && header.size() == size);
  }

  int octet() {
    need(1);
    return Byte.toUnsignedInt(bytes.get());
  }

  long word() {
    need(Long.BYTES);
    return bytes.getLong();
  }

  /** A word that must have this value. */
  void expect(long value) {
    WireException.require(word() == value);
  }

  void expectScaleOne() {
    WireException.require(Double.doubleToRawLongBits(1.0) == word());
  }

  ParmsId parmsId() {
    return ParmsId.ofBytes(octets(ParmsId.BYTES));
  }

  byte[] octets(int count) {
    need(count);
    var taken = new byte[count];
    bytes.get(taken);
    return taken;
  }

  LongBuffer words(long count) {
    WireException.require(count >= 0 && count <= remaining() / Long.BYTES);
    int length = (int) (count * Long.BYTES);
    var taken = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    bytes.position(bytes.position() + length);
    return taken;
  }

  int remaining() {
    return bytes.remaining();
  }

  ByteBuffer rest() {
    return bytes.slice();
  }

  void end() {
    WireException.require(bytes.remaining() == 0);
  }

  private void need(int count) {
    WireException.require(bytes.remaining() >= count);
  }
}
