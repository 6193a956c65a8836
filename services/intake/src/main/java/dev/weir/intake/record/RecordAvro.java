package dev.weir.intake.record;

import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.RecordSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/**
 * The Avro schema of a resource's records: {@code _id}, {@code _version}, then one nullable field
 * per treated column in order. Pure.
 */
public final class RecordAvro {
  public static final String NAMESPACE = "dev.weir.records";
  public static final String NAME = "R";
  public static final String ID = "_id";
  public static final String VERSION = "_version";

  /** Property of a field: the column's name, for names that Avro cannot spell. */
  public static final String COLUMN_NAME = "weir.name";

  public static final String COLUMN_TYPE = "weir.type";
  public static final String COLUMN_SCALE = "weir.scale";
  static final int ID_BYTES = 16;

  private RecordAvro() {}

  public static Schema schema(RecordSchema columns) {
    var fields = new ArrayList<Schema.Field>();
    fields.add(
        new Schema.Field(
            ID,
            Schema.create(Schema.Type.BYTES),
            "first 16 bytes of SHA-256(source SHA-256, ordinal as 8 bytes)"));
    fields.add(new Schema.Field(VERSION, Schema.create(Schema.Type.LONG), "data version, from 1"));
    for (int i = 0; i < columns.columns().size(); i++) {
      fields.add(field(columns.columns().get(i), i));
    }
    return Schema.createRecord(NAME, "A treated record of one resource.", NAMESPACE, false, fields);
  }

  private static Schema.Field field(Column column, int index) {
    var field =
        new Schema.Field(
            fieldName(column.name(), index),
            Schema.createUnion(List.of(Schema.create(Schema.Type.NULL), type(column))),
            doc(column),
            JsonProperties.NULL_VALUE);
    field.addProp(COLUMN_NAME, column.name());
    field.addProp(COLUMN_TYPE, column.type().name());
    field.addProp(COLUMN_SCALE, column.scale());
    return field;
  }

  private static Schema type(Column column) {
    return Schema.create(
        switch (column.type()) {
          case BOOLEAN -> Schema.Type.BOOLEAN;
          case INTEGER, DECIMAL, TIMESTAMP -> Schema.Type.LONG;
          case DATE -> Schema.Type.INT;
          case DOUBLE -> Schema.Type.DOUBLE;
          case STRING -> Schema.Type.STRING;
        });
  }

  private static String doc(Column column) {
    return switch (column.type()) {
      case DECIMAL -> "unscaled decimal with " + column.scale() + " digits after the point";
      case DATE -> "days since 1970-01-01";
      case TIMESTAMP -> "microseconds since 1970-01-01T00:00:00Z";
      case BOOLEAN, INTEGER, DOUBLE, STRING -> column.type().name();
    };
  }

  /** The column's own name where Avro can spell it, otherwise {@code c<index>}. */
  static String fieldName(String column, int index) {
    boolean safe = column.matches("[A-Za-z][A-Za-z0-9_]*");
    boolean taken = column.matches("c[0-9]+");
    return safe && !taken ? column : "c" + index;
  }
}
