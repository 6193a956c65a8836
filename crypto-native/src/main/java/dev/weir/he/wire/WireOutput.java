package dev.weir.he.wire;

import dev.weir.he.ParmsId;
import dev.weir.he.Words;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Collects little-endian values. Confined to one thread. */
final class WireOutput {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final int minor;

  WireOutput(SealForm form) {
    this.minor = form.minor();
  }

  WireOutput header(Compression compression, long size) {
    octet(0x5e).octet(0xa1).octet(WireInput.HEADER_BYTES).octet(SealForm.MAJOR).octet(minor);
    return octet(compression.ordinal()).octet(0).octet(0).word(size);
  }

  WireOutput octet(int value) {
    bytes.write(value);
    return this;
  }

  WireOutput word(long value) {
    return octets(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value));
  }

  WireOutput scaleOne() {
    return word(Double.doubleToRawLongBits(1.0));
  }

  WireOutput parmsId(ParmsId id) {
    return octets(ByteBuffer.wrap(id.toBytes()));
  }

  WireOutput words(Words words) {
    var buffer = ByteBuffer.allocate(words.count() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asLongBuffer().put(words.readOnly());
    return octets(buffer);
  }

  /** An array with its own header and length. */
  WireOutput array(Words words) {
    header(Compression.NONE, Polynomials.ARRAY_BYTES + (long) words.count() * Long.BYTES);
    return word(words.count()).words(words);
  }

  WireOutput octets(ByteBuffer source) {
    bytes.write(source.array(), source.arrayOffset(), source.limit());
    return this;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
