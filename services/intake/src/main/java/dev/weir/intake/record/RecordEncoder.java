package dev.weir.intake.record;

import dev.weir.intake.frame.Row;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnType;
import dev.weir.kernel.data.RecordSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Writes treated rows as Avro binary behind the registry frame, straight from the row: no generic
 * record is built, for three million of them would be the larger part of the work. Confined to one
 * thread.
 */
public final class RecordEncoder {
  private final ColumnType[] types;
  private final byte[] head;
  private final long version;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
  private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);

  /**
   * @param schemaId id of {@link RecordAvro#schema} in the registry
   * @param version the data version that the records will belong to
   */
  public RecordEncoder(RecordSchema columns, int schemaId, long version) {
    this.types = columns.columns().stream().map(Column::type).toArray(ColumnType[]::new);
    this.version = version;
    this.head =
        new byte[] {
          0,
          (byte) (schemaId >>> 24),
          (byte) (schemaId >>> 16),
          (byte) (schemaId >>> 8),
          (byte) schemaId
        };
  }

  /** The message value: frame and record. */
  public byte[] encode(byte[] recordId, Row row) {
    bytes.reset();
    bytes.writeBytes(head);
    try {
      encoder.writeBytes(recordId);
      encoder.writeLong(version);
      for (int i = 0; i < types.length; i++) {
        cell(row, i);
      }
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void cell(Row row, int column) throws IOException {
    if (row.isNull(column)) {
      encoder.writeIndex(0);
      return;
    }
    encoder.writeIndex(1);
    switch (types[column]) {
      case BOOLEAN -> encoder.writeBoolean(row.number(column) != 0);
      case INTEGER, DECIMAL, TIMESTAMP -> encoder.writeLong(row.number(column));
      case DATE -> encoder.writeInt(Math.toIntExact(row.number(column)));
      case DOUBLE -> encoder.writeDouble(row.real(column));
      case STRING -> encoder.writeString(row.text(column));
    }
  }
}
