package dev.weir.query.record;

import dev.weir.query.plan.EngineDialect;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A PostgreSQL schema of the operation domain that holds the records, reached through a pool.
 * Thread-safe.
 */
public final class PostgresDatabase implements RecordDatabase {
  private final DataSource source;
  private final String schema;

  /**
   * @param schema where the tables are; safe as an unquoted SQL name
   */
  public PostgresDatabase(DataSource source, String schema) {
    this.source = source;
    this.schema = schema;
  }

  @Override
  public Connection open() throws SQLException {
    var connection = source.getConnection();
    connection.setSchema(schema);
    return connection;
  }

  @Override
  public EngineDialect dialect() {
    return EngineDialect.POSTGRESQL;
  }

  /** The pool belongs to whoever made it. */
  @Override
  public void close() {}
}
