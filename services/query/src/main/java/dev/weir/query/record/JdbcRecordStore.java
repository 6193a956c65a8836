package dev.weir.query.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.ResourceId;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.RecordSchema;
import dev.weir.policy.term.Action;
import dev.weir.policy.usage.Permit;
import dev.weir.query.plan.render.EngineTables;
import dev.weir.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A record store over JDBC; the engine's own ways are in its {@link BulkWriter} and {@link
 * RecordDatabase}. Thread-safe: each call takes its own connection.
 */
public final class JdbcRecordStore implements RecordStore {
  private static final ObjectMapper JSON = Json.mapper();

  private final RecordDatabase database;
  private final BulkWriter writer;

  private JdbcRecordStore(RecordDatabase database, BulkWriter writer) {
    this.database = database;
    this.writer = writer;
  }

  public static JdbcRecordStore onDuckDb(RecordDatabase database) {
    return open(new JdbcRecordStore(database, new DuckDbBulkWriter()));
  }

  public static JdbcRecordStore onPostgres(RecordDatabase database) {
    return open(new JdbcRecordStore(database, new PostgresBulkWriter()));
  }

  private static JdbcRecordStore open(JdbcRecordStore store) {
    store.createTables();
    return store;
  }

  private void createTables() {
    transaction(connection -> {
      execute(
          connection,
          """
          CREATE TABLE IF NOT EXISTS weir_versions (
            resource_id VARCHAR(36) NOT NULL, number BIGINT NOT NULL, columns_json TEXT NOT NULL,
            records BIGINT NOT NULL, complete BOOLEAN NOT NULL, PRIMARY KEY (resource_id, number))
          """);
      execute(
          connection,
          """
          CREATE TABLE IF NOT EXISTS weir_offsets (
            resource_id VARCHAR(36) NOT NULL, number BIGINT NOT NULL, partition_no INTEGER NOT NULL,
            next_offset BIGINT NOT NULL, PRIMARY KEY (resource_id, number, partition_no))
          """);
      return true;
    });
  }

  @Override
  public Optional<DataVersion> newest(ResourceId resourceId) {
    return find("resource_id = ? AND complete ORDER BY number DESC LIMIT 1", resourceId.toString());
  }

  @Override
  public Optional<DataVersion> version(ResourceId resourceId, long number) {
    return find("resource_id = ? AND number = ? AND complete", resourceId.toString(), number);
  }

  @Override
  public List<List<Optional<String>>> rows(
      Permit permit, ProductId product, Instant now, DataVersion version, List<Column> columns) {
    if (permit.action() != Action.READ || !permit.covers(product, now)) {
      throw new IllegalStateException("the permit does not cover the records");
    }
    return transaction(connection -> RecordText.rows(connection, version, columns));
  }

  @Override
  public List<Long> begin(DataVersion version, List<Long> startOffsets) {
    return transaction(connection -> {
      var known = offsets(connection, version);
      if (known.size() == startOffsets.size()) {
        return known;
      }
      drop(connection, version);
      makeRoom(connection, version);
      update(
          connection,
          "INSERT INTO weir_versions VALUES (?, ?, ?, ?, FALSE)",
          version.resourceId().toString(),
          version.number(),
          new String(Json.canonical(version.columns()), StandardCharsets.UTF_8),
          version.records());
      for (int partition = 0; partition < startOffsets.size(); partition++) {
        update(
            connection,
            "INSERT INTO weir_offsets VALUES (?, ?, ?, ?)",
            version.resourceId().toString(),
            version.number(),
            partition,
            startOffsets.get(partition));
      }
      return startOffsets;
    });
  }

  /**
   * Versions share a table while their columns are alike; new columns start a new table, and the
   * older versions go.
   */
  private void makeRoom(Connection connection, DataVersion version) throws SQLException {
    var others = select(connection, "resource_id = ?", version.resourceId().toString());
    if (others.stream().anyMatch(other -> !other.columns().equals(version.columns()))) {
      for (DataVersion other : others) {
        forget(connection, other);
      }
      execute(connection, "DROP TABLE IF EXISTS " + version.tableName());
    }
    execute(
        connection,
        EngineTables.create(version.resourceId(), version.columns().columns(), database.dialect()));
  }

  @Override
  public void append(DataVersion version, List<StoredRecord> records, List<Long> nextOffsets) {
    transaction(connection -> {
      // The offsets come first: they open the transaction that the bulk writer needs.
      for (int partition = 0; partition < nextOffsets.size(); partition++) {
        update(
            connection,
            "UPDATE weir_offsets SET next_offset = ? WHERE resource_id = ? AND number = ? AND partition_no = ?",
            nextOffsets.get(partition),
            version.resourceId().toString(),
            version.number(),
            partition);
      }
      writer.write(connection, version, records);
      return true;
    });
  }

  @Override
  public void complete(DataVersion version) {
    long stored =
        transaction(connection -> {
          long count = count(connection, version);
          if (count == version.records()) {
            update(
                connection,
                "UPDATE weir_versions SET complete = TRUE WHERE resource_id = ? AND number = ?",
                version.resourceId().toString(),
                version.number());
          } else {
            drop(connection, version);
          }
          return count;
        });
    if (stored != version.records()) {
      throw new IllegalStateException(
          "version holds %d records, its seal says %d".formatted(stored, version.records()));
    }
  }

  @Override
  public void dropBefore(DataVersion version) {
    transaction(connection -> {
      for (DataVersion old : versionsBefore(connection, version)) {
        drop(connection, old);
      }
      return true;
    });
  }

  @Override
  public boolean alive() {
    try (Connection connection = database.open();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT 1")) {
      return rows.next();
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public boolean mend() {
    if (alive() && !database.suspected()) {
      return false;
    }
    if (readable()) {
      database.trust();
      return false;
    }
    if (!database.recreate()) {
      return false;
    }
    createTables();
    return true;
  }

  /** Reads every value of every version. */
  private boolean readable() {
    try (Connection connection = database.open()) {
      for (DataVersion version : select(connection, "complete")) {
        try (Statement statement = connection.createStatement();
            var rows = statement.executeQuery("SELECT * FROM " + version.tableName())) {
          int columns = rows.getMetaData().getColumnCount();
          while (rows.next()) {
            for (int column = 1; column <= columns; column++) {
              rows.getObject(column);
            }
          }
        }
      }
      return true;
    } catch (SQLException | IllegalStateException e) {
      return false;
    }
  }

  @Override
  public void close() {
    database.close();
  }

  private Optional<DataVersion> find(String condition, Object... arguments) {
    return transaction(connection -> select(connection, condition, arguments).stream().findFirst());
  }

  private static List<DataVersion> versionsBefore(Connection connection, DataVersion version)
      throws SQLException {
    return select(
        connection,
        "resource_id = ? AND number < ?",
        version.resourceId().toString(),
        version.number());
  }

  private static List<DataVersion> select(
      Connection connection, String condition, Object... arguments) throws SQLException {
    var found = new ArrayList<DataVersion>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT resource_id, number, columns_json, records FROM weir_versions WHERE "
                + condition)) {
      bind(statement, arguments);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(
              new DataVersion(
                  ResourceId.of(rows.getString(1)),
                  rows.getLong(2),
                  schema(rows.getString(3)),
                  rows.getLong(4)));
        }
      }
    }
    return found;
  }

  private static RecordSchema schema(String json) {
    try {
      return JSON.readValue(json, RecordSchema.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the record database holds a schema that cannot be read", e);
    }
  }

  private static List<Long> offsets(Connection connection, DataVersion version)
      throws SQLException {
    var offsets = new ArrayList<Long>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT next_offset FROM weir_offsets WHERE resource_id = ? AND number = ? ORDER BY partition_no")) {
      bind(statement, version.resourceId().toString(), version.number());
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          offsets.add(rows.getLong(1));
        }
      }
    }
    return offsets;
  }

  private static long count(Connection connection, DataVersion version) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT COUNT(*) FROM "
                + version.tableName()
                + " WHERE \""
                + EngineTables.VERSION
                + "\" = ?")) {
      statement.setLong(1, version.number());
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private void drop(Connection connection, DataVersion version) throws SQLException {
    if (forget(connection, version)) {
      update(
          connection,
          "DELETE FROM " + version.tableName() + " WHERE \"" + EngineTables.VERSION + "\" = ?",
          version.number());
    }
  }

  /** Whether there was anything to forget. */
  private static boolean forget(Connection connection, DataVersion version) throws SQLException {
    String resource = version.resourceId().toString();
    update(
        connection,
        "DELETE FROM weir_offsets WHERE resource_id = ? AND number = ?",
        resource,
        version.number());
    return update(
            connection,
            "DELETE FROM weir_versions WHERE resource_id = ? AND number = ?",
            resource,
            version.number())
        > 0;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int update(Connection connection, String sql, Object... arguments)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, arguments);
      return statement.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, Object... arguments) throws SQLException {
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
  }

  private <T> T transaction(Work<T> work) {
    try (Connection connection = database.open()) {
      connection.setAutoCommit(false);
      try {
        T result = work.run(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    } catch (SQLException e) {
      throw new RecordStoreException(e);
    }
  }

  private interface Work<T> {
    T run(Connection connection) throws SQLException;
  }
}
