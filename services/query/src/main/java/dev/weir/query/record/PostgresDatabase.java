package dev.weir.query.record;

import dev.weir.query.plan.EngineDialect;
import dev.weir.runtime.secret.SecretAccess;
import dev.weir.runtime.sql.DatabaseAccess;
import dev.weir.runtime.sql.DatabaseRoles;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL schema of the operation domain that holds the records. Thread-safe. */
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

  /**
   * The schema {@link DatabaseRoles#RECORDS}, over connections of its own: the pool of a service
   * ends statements after seconds, which loading a version or running a question may well take.
   */
  public static PostgresDatabase of(DatabaseAccess access) {
    var source = new PGSimpleDataSource();
    source.setUrl(access.jdbcUrl());
    source.setUser(access.user());
    source.setPassword(access.password().reveal(SecretAccess.DATABASE_LOGIN));
    source.setApplicationName("weir-query-records");
    return new PostgresDatabase(source, DatabaseRoles.RECORDS);
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

  /** Its operator mends it; nothing here could. */
  @Override
  public void suspect() {}

  @Override
  public boolean suspected() {
    return false;
  }

  @Override
  public void trust() {}

  @Override
  public boolean recreate() {
    return false;
  }

  /** Connections end with their statements. */
  @Override
  public void close() {}
}
