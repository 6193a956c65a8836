package dev.weir.space.registry;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.kafka.SchemaIds;
import dev.weir.runtime.sql.Database;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.jdbi.v3.core.Handle;

/**
 * The registry's own store; also how the service that hosts the registry numbers its own schemas,
 * without asking itself over HTTP. Answers by id never change and are kept. Thread-safe.
 */
public final class SchemaStore implements SchemaIds {
  private static final int MAX_VERSIONS = 200;
  private static final int MAX_KEPT = 4_096;

  private final Database database;
  private final SchemaLeaves leaves;
  private final InstantSource clock;
  private final PostgresSchemaRows rows = new PostgresSchemaRows();
  private final Map<Integer, Schema> byId = new ConcurrentHashMap<>();
  private final Map<Subject, Integer> ids = new ConcurrentHashMap<>();

  public SchemaStore(Database database, SchemaLeaves leaves, InstantSource clock) {
    this.database = database;
    this.leaves = leaves;
    this.clock = clock;
  }

  @Override
  public int idOf(String subject, Schema schema) {
    var key = new Subject(subject, schema);
    Integer known = ids.get(key);
    if (known != null) {
      return known;
    }
    try {
      int id = register("space", subject, schema.toString()).id();
      if (ids.size() < MAX_KEPT) {
        ids.put(key, id);
      }
      return id;
    } catch (ProblemException e) {
      throw refusedOrAway(e);
    }
  }

  @Override
  public Schema schemaOf(int id) {
    Schema known = byId.get(id);
    if (known != null) {
      return known;
    }
    try {
      Schema schema = SchemaLimits.parse(text(id).orElseThrow(SchemaStore::unknown));
      if (byId.size() < MAX_KEPT) {
        byId.put(id, schema);
      }
      return schema;
    } catch (ProblemException e) {
      throw refusedOrAway(e);
    }
  }

  /**
   * Registers a schema under a subject; one that is there already keeps its id and version. A new
   * version is attested by a leaf of the same transaction.
   *
   * @param service that registers it
   * @throws ProblemException SCHEMA_INCOMPATIBLE when it cannot read every version before it
   */
  RegisteredSchema register(String service, String subject, String text) {
    Schema schema = SchemaLimits.parse(text);
    return database.asService(
        "space.schema-register",
        handle -> {
          rows.lockSubject(handle, subject);
          return register(handle, service, subject, schema);
        });
  }

  boolean isCompatible(String subject, String text) {
    Schema schema = SchemaLimits.parse(text);
    return Compatibility.holds(schema, parsed(versions(subject)));
  }

  List<RegisteredSchema> versions(String subject) {
    return database.asService("space.schema-versions", handle -> rows.versions(handle, subject));
  }

  List<String> subjects() {
    return database.asService("space.schema-subjects", rows::subjects);
  }

  Optional<String> text(int id) {
    return database.asService("space.schema", handle -> rows.text(handle, id));
  }

  private RegisteredSchema register(Handle handle, String service, String subject, Schema schema) {
    var versions = rows.versions(handle, subject);
    String text = schema.toString();
    for (RegisteredSchema known : versions) {
      if (known.schema().equals(text)) {
        return known;
      }
    }
    if (versions.size() >= MAX_VERSIONS) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED, "A subject has at most 200 versions.");
    }
    if (!Compatibility.holds(schema, parsed(versions))) {
      throw new ProblemException(
          ProblemType.SCHEMA_INCOMPATIBLE,
          "The schema cannot read what was written with an earlier version of the subject.",
          Map.of("versions", versions.size()));
    }
    int id = rows.idOf(handle, fingerprint(text), text);
    int version = versions.size() + 1;
    rows.addVersion(handle, subject, version, id, clock.instant());
    var registered = new RegisteredSchema(subject, id, version, text);
    leaves.registered(handle, service, registered, fingerprint(text));
    return registered;
  }

  private static List<Schema> parsed(List<RegisteredSchema> versions) {
    return versions.stream().map(version -> SchemaLimits.parse(version.schema())).toList();
  }

  private static String fingerprint(String text) {
    return Json.sha256Hex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ProblemException unknown() {
    return new ProblemException(ProblemType.NOT_FOUND, "There is no such schema.");
  }

  private static RuntimeException refusedOrAway(ProblemException problem) {
    return problem.type() == ProblemType.UNAVAILABLE
        ? new RegistryUnavailable("the schema store does not answer", problem)
        : new SchemaRefused("the schema store refused: " + problem.type().slug());
  }

  private record Subject(String name, Schema schema) {}
}
