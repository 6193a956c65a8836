package dev.weir.he.query;

import dev.weir.he.HeParameters;
import dev.weir.he.ReplyShape;
import java.nio.ByteBuffer;

/**
 * The packed reply of a lookup. c1 keeps all its bits, because the key multiplies its rounding; c0
 * keeps {@link #C0_BITS}, and only the coefficients that carry digits.
 */
final class LookupReply {
  static final int C0_BITS = 20;

  private static final HeParameters SET = LookupShape.PARAMETERS;
  private static final int DROPPED = LookupShape.BITS - C0_BITS;
  private static final int C1_BYTES = SET.degree() * LookupShape.BITS / Byte.SIZE;

  private LookupReply() {}

  /** All coefficients of both polynomials. */
  static ReplyShape whole() {
    return new ReplyShape(LookupShape.BITS, 0, SET.degree());
  }

  static int partBytes(int digits) {
    return C1_BYTES + (digits * C0_BITS + Byte.SIZE - 1) / Byte.SIZE;
  }

  /**
   * @param whole the parts, each as {@link #whole} has them
   */
  static ByteBuffer pack(LookupShape shape, ByteBuffer whole) {
    var out = ByteBuffer.allocate(shape.replyBytes());
    for (int part = 0; part < LookupShape.REPLY_PARTS; part++) {
      int from = part * whole().bytes(SET);
      int digits = shape.digitsOfPart(part);
      int to = out.position();
      out.put(to, whole, from, C1_BYTES);
      for (int i = 0; i < digits; i++) {
        long value = bits(whole, from + C1_BYTES, i, LookupShape.BITS);
        long rounded = ((value + (1 << (DROPPED - 1))) >> DROPPED) & ((1 << C0_BITS) - 1);
        write(out, to + C1_BYTES, i, C0_BITS, rounded);
      }
      out.position(to + partBytes(digits));
    }
    return out.flip();
  }

  /** The reverse, direct; the bits that were dropped are zero. */
  static ByteBuffer unpack(LookupShape shape, ByteBuffer packed) {
    var whole = ByteBuffer.allocateDirect(LookupShape.REPLY_PARTS * whole().bytes(SET));
    int from = packed.position();
    for (int part = 0; part < LookupShape.REPLY_PARTS; part++) {
      int to = part * whole().bytes(SET);
      int digits = shape.digitsOfPart(part);
      whole.put(to, packed, from, C1_BYTES);
      for (int i = 0; i < digits; i++) {
        long value = bits(packed, from + C1_BYTES, i, C0_BITS) << DROPPED;
        write(whole, to + C1_BYTES, i, LookupShape.BITS, value);
      }
      from += partBytes(digits);
    }
    return whole;
  }

  /** Field {@code index} of so many bits, least significant first. */
  private static long bits(ByteBuffer in, int start, int index, int count) {
    long bit = (long) index * count;
    int at = start + (int) (bit / Byte.SIZE);
    int skip = (int) (bit % Byte.SIZE);
    long value = 0;
    for (int i = 0; i < (skip + count + Byte.SIZE - 1) / Byte.SIZE; i++) {
      value |= Byte.toUnsignedLong(in.get(at + i)) << (i * Byte.SIZE);
    }
    return value >> skip & (1L << count) - 1;
  }

  private static void write(ByteBuffer out, int start, int index, int count, long value) {
    long bit = (long) index * count;
    int at = start + (int) (bit / Byte.SIZE);
    int skip = (int) (bit % Byte.SIZE);
    long shifted = value << skip;
    for (int i = 0; i < (skip + count + Byte.SIZE - 1) / Byte.SIZE; i++) {
      out.put(at + i, (byte) (out.get(at + i) | (shifted >> (i * Byte.SIZE))));
    }
  }
}
