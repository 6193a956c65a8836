package dev.weir.runtime.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Avro records in Kafka: a zero byte, the schema id in four, Avro binary. A schema of {@code
 * dev.weir.schemas.avro} becomes its generated class; every other becomes a {@code GenericRecord}
 * with the writer's fields. A null value is a tombstone and stays null.
 *
 * <p>Thread-safe. A value over {@link AvroBytes#MAX_VALUE_BYTES}, of an unknown id, or with bytes
 * left over is refused with a {@link SerializationException} that shows nothing of it.
 */
public final class AvroSerde implements Serde<Object> {
  private static final String GENERATED = "dev.weir.schemas.avro";

  static {
    AvroTrust.establish();
  }

  private final SchemaIds ids;
  private final Map<Integer, GenericDatumReader<IndexedRecord>> readers = new ConcurrentHashMap<>();

  public AvroSerde(SchemaIds ids) {
    this.ids = ids;
  }

  @Override
  public Serializer<Object> serializer() {
    return (topic, value) -> value == null ? null : write(topic, value);
  }

  @Override
  public Deserializer<Object> deserializer() {
    return (topic, bytes) -> bytes == null ? null : read(bytes);
  }

  private byte[] write(String topic, Object value) {
    if (!(value instanceof IndexedRecord record)) {
      throw new SerializationException("only Avro records travel in topics");
    }
    int id = ids.idOf(topic + "-value", record.getSchema());
    return AvroBytes.frame(id, AvroBytes.encode(record));
  }

  private IndexedRecord read(byte[] bytes) {
    int length = bytes.length - AvroBytes.FRAME_BYTES;
    if (length < 0 || length > AvroBytes.MAX_VALUE_BYTES || bytes[0] != AvroBytes.MAGIC) {
      throw new SerializationException("the message has no Avro frame, or is too long");
    }
    int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
    var reader = readers.computeIfAbsent(id, unknown -> reader(ids.schemaOf(unknown)));
    try {
      var decoder = DecoderFactory.get().binaryDecoder(bytes, AvroBytes.FRAME_BYTES, length, null);
      var record = readWith(reader, decoder);
      if (!decoder.isEnd()) {
        throw new SerializationException("the message is longer than its schema says");
      }
      return record;
    } catch (SerializationException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Avro reports hostile bytes with many unchecked types; their messages may quote the bytes.
      throw new SerializationException("the message does not follow its schema " + id);
    }
  }

  private static IndexedRecord readWith(
      GenericDatumReader<IndexedRecord> reader, org.apache.avro.io.Decoder decoder)
      throws IOException {
    @Nullable IndexedRecord fresh = null;
    return reader.read(fresh, decoder);
  }

  private static GenericDatumReader<IndexedRecord> reader(Schema writer) {
    if (writer.getType() != Schema.Type.RECORD) {
      throw new SerializationException("only Avro records travel in topics");
    }
    if (GENERATED.equals(writer.getNamespace())) {
      Class<?> generated = new SpecificData(AvroSerde.class.getClassLoader()).getClass(writer);
      if (generated != null) {
        Schema expected = SpecificData.get().getSchema(generated);
        return new SpecificDatumReader<>(writer, expected, SpecificData.getForClass(generated));
      }
    }
    return new GenericDatumReader<>(writer);
  }
}
