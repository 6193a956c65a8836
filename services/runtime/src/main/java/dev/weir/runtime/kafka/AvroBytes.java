package dev.weir.runtime.kafka;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;

/** Avro binary, and the frame it travels in: a zero byte, the schema id in four, the value. */
public final class AvroBytes {
  /** The largest encoded value; below the broker's default limit for a message. */
  public static final int MAX_VALUE_BYTES = 900_000;

  static final int FRAME_BYTES = 5;
  static final byte MAGIC = 0;

  static {
    AvroTrust.establish();
  }

  private AvroBytes() {}

  /**
   * @throws IllegalArgumentException when the value takes more than {@link #MAX_VALUE_BYTES}
   */
  public static byte[] encode(IndexedRecord value) {
    var bytes = new ByteArrayOutputStream(256);
    var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<IndexedRecord>(
              value.getSchema(), SpecificData.getForSchema(value.getSchema()))
          .write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (bytes.size() > MAX_VALUE_BYTES) {
      throw new IllegalArgumentException("a message holds at most " + MAX_VALUE_BYTES + " bytes");
    }
    return bytes.toByteArray();
  }

  /** The frame around bytes that were written with the schema of that id. */
  public static byte[] frame(int schemaId, byte[] value) {
    return ByteBuffer.allocate(FRAME_BYTES + value.length)
        .put(MAGIC)
        .putInt(schemaId)
        .put(value)
        .array();
  }
}
