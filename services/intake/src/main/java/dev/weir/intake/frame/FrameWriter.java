package dev.weir.intake.frame;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes frames: one byte of kind, four bytes of payload length, payload. Confined to one thread.
 */
public final class FrameWriter {
  private final OutputStream out;
  private byte[] buffer = new byte[FrameLimits.FULL_FRAME_BYTES * 2];
  private int used;
  private long rows;

  public FrameWriter(OutputStream out) {
    this.out = out;
  }

  public void row(Row row) throws IOException {
    rows++;
    varint(row.ordinal());
    text(row.fault());
    int columns = row.fault().isEmpty() ? row.columns() : 1;
    for (int i = 0; i < columns; i++) {
      cell(row, i);
    }
    if (used >= FrameLimits.FULL_FRAME_BYTES) {
      flushRows();
    }
  }

  /** Tells at once how far the document is that is being made. */
  public void progress(long rowsRead) throws IOException {
    varint(rowsRead);
    frame(FrameKind.PROGRESS, buffer, used);
    used = 0;
    out.flush();
  }

  public void document(byte[] json) throws IOException {
    flushRows();
    frame(FrameKind.DOCUMENT, json, json.length);
  }

  public void fault(ReadFault fault) throws IOException {
    used = 0;
    byte[] code = fault.name().getBytes(StandardCharsets.US_ASCII);
    frame(FrameKind.FAULT, code, code.length);
    out.flush();
  }

  public void end() throws IOException {
    flushRows();
    varint(rows);
    frame(FrameKind.END, buffer, used);
    out.flush();
  }

  private void cell(Row row, int column) {
    byte kind = row.kind(column);
    ensure(1);
    buffer[used++] = kind;
    switch (kind) {
      case Row.NUMBER -> varint(row.number(column));
      case Row.REAL -> fixed(Double.doubleToRawLongBits(row.real(column)));
      case Row.TEXT, Row.BAD -> text(row.text(column));
      default -> {}
    }
  }

  private void text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > FrameLimits.MAX_CELL_BYTES) {
      throw new ReadFaultException(ReadFault.CELL_TOO_LARGE);
    }
    varint(bytes.length);
    ensure(bytes.length);
    System.arraycopy(bytes, 0, buffer, used, bytes.length);
    used += bytes.length;
  }

  private void varint(long value) {
    ensure(10);
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      buffer[used++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    buffer[used++] = (byte) rest;
  }

  private void fixed(long bits) {
    ensure(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      buffer[used++] = (byte) (bits >>> shift);
    }
  }

  private void ensure(int bytes) {
    if (used + bytes > buffer.length) {
      if (used + bytes > FrameLimits.MAX_FRAME_BYTES) {
        throw new ReadFaultException(ReadFault.CELL_TOO_LARGE);
      }
      buffer =
          Arrays.copyOf(
              buffer,
              Math.min(FrameLimits.MAX_FRAME_BYTES, Math.max(buffer.length * 2, used + bytes)));
    }
  }

  private void flushRows() throws IOException {
    if (used > 0) {
      frame(FrameKind.ROWS, buffer, used);
      used = 0;
    }
  }

  private void frame(FrameKind kind, byte[] payload, int length) throws IOException {
    byte[] head = {
      (byte) kind.symbol(),
      (byte) (length >>> 24),
      (byte) (length >>> 16),
      (byte) (length >>> 8),
      (byte) length
    };
    out.write(head);
    out.write(payload, 0, length);
  }
}
