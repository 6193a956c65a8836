package dev.weir.query.record;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to the database that holds the records. Thread-safe. */
public interface RecordDatabase extends AutoCloseable {
  Connection open() throws SQLException;

  /** Which SQL the statements for this database are written in. */
  Dialect dialect();

  @Override
  void close();

  /** The engines a query may run on. */
  enum Dialect {
    DUCKDB,
    POSTGRES
  }
}
