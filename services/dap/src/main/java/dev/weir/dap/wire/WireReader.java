package dev.weir.dap.wire;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Reads one message from hostile bytes. Every method throws a {@link ProblemException} of type
 * {@code DAP_INVALID_MESSAGE} where the bytes do not follow the format, and nothing else. Confined.
 */
public final class WireReader {
  private final byte[] content;
  private final int end;
  private int at;

  private WireReader(byte[] content, int start, int end) {
    this.content = content;
    this.at = start;
    this.end = end;
  }

  /**
   * Decodes a whole message; bytes that are left over are a mistake.
   *
   * @param decoder reads exactly the message
   */
  public static <T> T whole(byte[] content, Function<WireReader, T> decoder) {
    var in = new WireReader(content, 0, content.length);
    T message = decoder.apply(in);
    in.end();
    return message;
  }

  /** As {@link #whole(byte[], Function)}. */
  public static <T> T whole(Bytes content, Function<WireReader, T> decoder) {
    return whole(content.toArray(), decoder);
  }

  public int u8() {
    return (int) number(1);
  }

  public int u16() {
    return (int) number(2);
  }

  public long u32() {
    return number(4);
  }

  /** As unsigned. */
  public long u64() {
    return number(8);
  }

  public Bytes raw(int length) {
    int start = skip(length);
    return Bytes.owning(Arrays.copyOfRange(content, start, at));
  }

  public Bytes v8() {
    return raw(u8());
  }

  public Bytes v16() {
    return raw(u16());
  }

  public Bytes v32() {
    return raw(length32());
  }

  /** A vector that must not be empty. */
  public Bytes notEmpty(Bytes vector) {
    if (vector.isEmpty()) {
      throw malformed("A field that must not be empty is empty.");
    }
    return vector;
  }

  /** One after another to the end of the message. */
  public <T> List<T> rest(Function<WireReader, T> decoder) {
    var items = new ArrayList<T>();
    while (at < end) {
      items.add(decoder.apply(this));
    }
    return List.copyOf(items);
  }

  /** A list with its length in bytes in 16 bits. */
  public <T> List<T> list16(Function<WireReader, T> decoder) {
    int length = u16();
    int start = skip(length);
    return new WireReader(content, start, start + length).rest(decoder);
  }

  /** A vector with 16 bits of length that holds exactly one message. */
  public <T> T in16(Function<WireReader, T> decoder) {
    int length = u16();
    int start = skip(length);
    var inner = new WireReader(content, start, start + length);
    T message = decoder.apply(inner);
    inner.end();
    return message;
  }

  /** What a decoder throws for bytes that do not follow the format. */
  public static ProblemException malformed(String detail) {
    return new ProblemException(ProblemType.DAP_INVALID_MESSAGE, detail);
  }

  private void end() {
    if (at != end) {
      throw malformed("Bytes follow the message.");
    }
  }

  private int length32() {
    long length = u32();
    if (length > end - at) {
      throw tooShort();
    }
    return (int) length;
  }

  private long number(int bytes) {
    int start = skip(bytes);
    long value = 0;
    for (int i = start; i < at; i++) {
      value = value << 8 | content[i] & 0xff;
    }
    return value;
  }

  private int skip(int length) {
    if (length > end - at) {
      throw tooShort();
    }
    int start = at;
    at += length;
    return start;
  }

  private static ProblemException tooShort() {
    return malformed("The message ends before it is complete.");
  }
}
