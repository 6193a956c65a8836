package dev.weir.dap.wire;

import java.util.Arrays;
import java.util.Collection;

/** Builds one message. Confined to the thread that makes it. */
public final class WireWriter {
  private static final int MAX_U8 = 0xff;
  private static final int MAX_U16 = 0xffff;
  private static final long MAX_U32 = 0xffff_ffffL;

  private byte[] content = new byte[256];
  private int length;

  public WireWriter u8(int value) {
    return number(checked(value, MAX_U8), 1);
  }

  public WireWriter u16(int value) {
    return number(checked(value, MAX_U16), 2);
  }

  public WireWriter u32(long value) {
    return number(checked(value, MAX_U32), 4);
  }

  /**
   * @param value as unsigned
   */
  public WireWriter u64(long value) {
    return number(value, 8);
  }

  /** The bytes alone, without their length. */
  public WireWriter raw(Bytes bytes) {
    bytes.writeTo(this);
    return this;
  }

  public WireWriter v8(Bytes bytes) {
    return u8(bytes.length()).raw(bytes);
  }

  public WireWriter v16(Bytes bytes) {
    return u16(bytes.length()).raw(bytes);
  }

  public WireWriter v32(Bytes bytes) {
    return u32(bytes.length()).raw(bytes);
  }

  public WireWriter message(WireMessage message) {
    message.writeTo(this);
    return this;
  }

  /** One after another to the end of the message. */
  public WireWriter rest(Collection<? extends WireMessage> messages) {
    messages.forEach(message -> message.writeTo(this));
    return this;
  }

  /** With the length of all of them, in bytes, before the first. */
  public WireWriter v16(Collection<? extends WireMessage> messages) {
    return v16(new WireWriter().rest(messages).toBytes());
  }

  public Bytes toBytes() {
    return Bytes.owning(Arrays.copyOf(content, length));
  }

  void raw(byte[] bytes) {
    grow(bytes.length);
    System.arraycopy(bytes, 0, content, length, bytes.length);
    length += bytes.length;
  }

  private WireWriter number(long value, int bytes) {
    grow(bytes);
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      content[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  private void grow(int more) {
    if (more > content.length - length) {
      int doubled = Math.max(content.length << 1, 0);
      content = Arrays.copyOf(content, Math.max(doubled, Math.addExact(length, more)));
    }
  }

  private static long checked(long value, long max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException("does not fit: at most " + max);
    }
    return value;
  }
}
