package dev.weir.runtime.kafka;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * Parses a schema from outside and refuses one that names a Java class: Avro would load and
 * construct it while decoding.
 */
public final class SchemaCheck {
  /** The longest schema text accepted. */
  public static final int MAX_SCHEMA_CHARS = 1 << 20;

  private static final Set<String> CLASS_PROPERTIES =
      Set.of("java-class", "java-key-class", "java-element-class");

  static {
    AvroTrust.establish();
  }

  private SchemaCheck() {}

  /**
   * @throws SchemaIds.SchemaRefused when it is too long, no schema, or names a class
   */
  public static Schema parse(String json) {
    if (json.length() > MAX_SCHEMA_CHARS) {
      throw new SchemaIds.SchemaRefused("a schema has at most " + MAX_SCHEMA_CHARS + " characters");
    }
    Schema schema;
    try {
      schema = new Schema.Parser().parse(json);
    } catch (SchemaParseException | StackOverflowError e) {
      throw new SchemaIds.SchemaRefused("the text is not an Avro schema");
    }
    check(schema, Collections.newSetFromMap(new IdentityHashMap<>()));
    return schema;
  }

  private static void check(Schema schema, Set<Schema> seen) {
    if (!seen.add(schema)) {
      return;
    }
    if (schema.getObjectProps().keySet().stream().anyMatch(CLASS_PROPERTIES::contains)) {
      throw new SchemaIds.SchemaRefused("a schema may not name a Java class");
    }
    switch (schema.getType()) {
      case RECORD -> schema.getFields().forEach(field -> check(field.schema(), seen));
      case ARRAY -> check(schema.getElementType(), seen);
      case MAP -> check(schema.getValueType(), seen);
      case UNION -> schema.getTypes().forEach(type -> check(type, seen));
      case ENUM, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {}
    }
  }
}
