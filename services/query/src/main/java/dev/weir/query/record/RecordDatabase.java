package dev.weir.query.record;

import dev.weir.query.plan.EngineDialect;
import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to the database that holds the records. Thread-safe. */
public interface RecordDatabase extends AutoCloseable {
  Connection open() throws SQLException;

  /** Told that a statement failed by itself, which it should never do. */
  void suspect();

  /** Whether a statement has failed since the last {@link #trust}. */
  boolean suspected();

  /** Told that the records were read from end to end and can be. */
  void trust();

  /**
   * Throws the database away and starts an empty one, where it belongs to this instance alone.
   *
   * @return whether it did
   */
  boolean recreate();

  /** Which SQL the statements for this database are written in. */
  EngineDialect dialect();

  @Override
  void close();
}
