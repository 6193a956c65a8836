package dev.weir.query.record;

import dev.weir.query.plan.EngineDialect;
import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to the database that holds the records. Thread-safe. */
public interface RecordDatabase extends AutoCloseable {
  Connection open() throws SQLException;

  /** Which SQL the statements for this database are written in. */
  EngineDialect dialect();

  @Override
  void close();
}
