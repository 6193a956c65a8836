package dev.weir.intake.frame;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/**
 * Reads what {@link FrameWriter} wrote, trusting none of it: lengths are bounded before anything is
 * allocated, ordinals must count up by one, and a stream that ends without an END frame is a fault.
 * Confined to one thread.
 */
public final class FrameReader {
  private final InputStream in;
  private byte[] payload = new byte[FrameLimits.FULL_FRAME_BYTES * 2];
  private int length;
  private int position;
  private long rows;
  private boolean ended;

  public FrameReader(InputStream in) {
    this.in = in;
  }

  /**
   * Reads the next row into {@code row}.
   *
   * @return false when all rows were read
   * @throws ReadFaultException when the child reports that the file cannot be read
   * @throws FrameException when the stream breaks its rules or ends early
   */
  public boolean next(Row row) {
    while (position >= length) {
      if (ended) {
        return false;
      }
      expect(FrameKind.ROWS, nobody -> {});
    }
    row.begin(varint());
    if (row.ordinal() != rows++) {
      throw new FrameException("rows out of order");
    }
    String fault = text();
    if (!fault.isEmpty()) {
      byte kind = one();
      row.fault(fault, kind == Row.BAD ? text() : "");
      return true;
    }
    for (int i = 0; i < row.columns(); i++) {
      cell(row, i);
    }
    return true;
  }

  /**
   * Reads the one document of a stream that has no rows.
   *
   * @param progress told the rows read so far, whenever the writer says so
   */
  public byte[] document(LongConsumer progress) {
    expect(FrameKind.DOCUMENT, progress);
    byte[] document = java.util.Arrays.copyOf(payload, length);
    position = length;
    return document;
  }

  private void expect(FrameKind wanted, LongConsumer progress) {
    FrameKind kind = frame();
    while (kind == FrameKind.PROGRESS && wanted == FrameKind.DOCUMENT) {
      progress.accept(varint());
      kind = frame();
    }
    switch (kind) {
      case FAULT -> throw new ReadFaultException(fault());
      case END -> end(wanted);
      case ROWS, DOCUMENT, PROGRESS -> {
        if (kind != wanted) {
          throw new FrameException("unexpected frame");
        }
      }
    }
  }

  private void end(FrameKind wanted) {
    if (wanted != FrameKind.ROWS || varint() != rows || position != length) {
      throw new FrameException("the end does not match what was sent");
    }
    ended = true;
  }

  private ReadFault fault() {
    String code = new String(payload, 0, length, StandardCharsets.US_ASCII);
    for (ReadFault fault : ReadFault.values()) {
      if (fault.name().equals(code)) {
        return fault;
      }
    }
    throw new FrameException("unknown fault");
  }

  private FrameKind frame() {
    try {
      byte[] head = in.readNBytes(5);
      if (head.length < 5) {
        throw new EOFException();
      }
      int bytes =
          (head[1] & 0xff) << 24 | (head[2] & 0xff) << 16 | (head[3] & 0xff) << 8 | head[4] & 0xff;
      if (bytes < 0 || bytes > FrameLimits.MAX_FRAME_BYTES) {
        throw new FrameException("frame longer than its limit");
      }
      if (payload.length < bytes) {
        payload = new byte[bytes];
      }
      if (in.readNBytes(payload, 0, bytes) < bytes) {
        throw new EOFException();
      }
      length = bytes;
      position = 0;
      return FrameKind.of(head[0]);
    } catch (IOException e) {
      throw new FrameException("the stream ended early", e);
    }
  }

  private void cell(Row row, int column) {
    byte kind = one();
    switch (kind) {
      case Row.NULL -> {}
      case Row.NUMBER -> row.setNumber(column, varint());
      case Row.REAL -> row.setReal(column, Double.longBitsToDouble(fixed()));
      case Row.TEXT -> row.setText(column, text());
      case Row.BAD -> row.setBad(column, text());
      default -> throw new FrameException("unknown cell kind");
    }
  }

  private String text() {
    long bytes = varint();
    if (bytes < 0 || bytes > FrameLimits.MAX_CELL_BYTES || bytes > length - position) {
      throw new FrameException("text longer than its limit");
    }
    if (bytes == 0) {
      return "";
    }
    String text = new String(payload, position, (int) bytes, StandardCharsets.UTF_8);
    position += (int) bytes;
    return text;
  }

  private byte one() {
    if (position >= length) {
      throw new FrameException("frame ends inside a row");
    }
    return payload[position++];
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = one();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new FrameException("number longer than its limit");
  }

  private long fixed() {
    long bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits = bits << 8 | one() & 0xff;
    }
    return bits;
  }
}
