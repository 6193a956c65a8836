package dev.weir.runtime.kafka;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Numbers schemas in the order they come; the in-process registry of tests. */
public final class InMemorySchemaIds implements SchemaIds {
  private final List<Schema> schemas = new ArrayList<>();

  @Override
  public synchronized int idOf(String subject, Schema schema) {
    if (!schemas.contains(schema)) {
      schemas.add(schema);
    }
    return schemas.indexOf(schema) + 1;
  }

  @Override
  public synchronized Schema schemaOf(int id) {
    if (id < 1 || id > schemas.size()) {
      throw new SchemaRefused("no such schema");
    }
    return schemas.get(id - 1);
  }
}
