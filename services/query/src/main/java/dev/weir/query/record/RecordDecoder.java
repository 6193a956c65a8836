package dev.weir.query.record;

import dev.weir.kernel.data.Column;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** From the Avro record of a record topic to a stored record. */
final class RecordDecoder {
  /** Before the columns: {@code _id} and {@code _version}. */
  private static final int FIRST_COLUMN = 2;

  private RecordDecoder() {}

  /**
   * @return empty for a record of another version
   * @throws IllegalStateException when the message does not have the version's columns
   */
  static Optional<StoredRecord> decode(@Nullable Object message, DataVersion version) {
    if (!(message instanceof GenericRecord received)
        || received.getSchema().getFields().size()
            != FIRST_COLUMN + version.columns().columns().size()) {
      throw new IllegalStateException(
          "a message of the record topic does not follow the version's columns");
    }
    if ((long) received.get(1) != version.number()) {
      return Optional.empty();
    }
    var values = new ArrayList<@Nullable Object>(version.columns().columns().size());
    List<Column> columns = version.columns().columns();
    for (int i = 0; i < columns.size(); i++) {
      values.add(value(received.get(FIRST_COLUMN + i)));
    }
    return Optional.of(new StoredRecord(id(received.get(0)), values));
  }

  private static @Nullable Object value(@Nullable Object received) {
    return switch (received) {
      case null -> null;
      case CharSequence text -> text.toString();
      case Integer number -> number.longValue();
      case Boolean flag -> flag;
      case Long number -> number;
      case Double number -> number;
      default ->
          throw new IllegalStateException(
              "a message of the record topic holds a type that no column has");
    };
  }

  private static String id(@Nullable Object received) {
    return switch (received) {
      case GenericFixed fixed -> HexFormat.of().formatHex(fixed.bytes());
      case ByteBuffer bytes -> {
        var copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        yield HexFormat.of().formatHex(copy);
      }
      case null, default ->
          throw new IllegalStateException("a message of the record topic has no id");
    };
  }
}
