package dev.weir.query.record;

import dev.weir.query.plan.EngineDialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/**
 * A DuckDB file with capped memory and threads, no access to anything outside it, no extension
 * loaded at run time, and its configuration locked. Thread-safe.
 */
public final class DuckDbDatabase implements RecordDatabase {
  private final DuckDBConnection root;

  private DuckDbDatabase(DuckDBConnection root) {
    this.root = root;
  }

  /**
   * Opens the database; a file that cannot be opened is removed, since it is only a copy of the
   * topics.
   *
   * @param directory made with access for its owner only
   * @param memoryMegabytes the most the engine may use
   */
  public static DuckDbDatabase open(Path directory, int memoryMegabytes, int threads) {
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try {
        return new DuckDbDatabase(connect(directory, memoryMegabytes, threads));
      } catch (SQLException e) {
        remove(directory);
        return new DuckDbDatabase(connect(directory, memoryMegabytes, threads));
      }
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("the record database cannot be opened", e);
    }
  }

  /** Removes the files of a closed database. */
  public static void remove(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve("records.duckdb"));
    Files.deleteIfExists(directory.resolve("records.duckdb.wal"));
  }

  private static DuckDBConnection connect(Path directory, int memoryMegabytes, int threads)
      throws SQLException {
    var properties = new Properties();
    properties.put("memory_limit", memoryMegabytes + "MB");
    properties.put("threads", Integer.toString(threads));
    properties.put("autoinstall_known_extensions", "false");
    properties.put("autoload_known_extensions", "false");
    // Rows are read as the engine makes them, not after all of them are in memory.
    properties.put("jdbc_stream_results", "true");
    properties.put("temp_directory", directory.resolve("spill").toString());
    properties.put("max_temp_directory_size", "8GB");
    // Every checkpoint rewrites the last row group; a version of millions arrives in many commits.
    properties.put("checkpoint_threshold", "256MB");
    var connection =
        DriverManager.getConnection(
                "jdbc:duckdb:" + directory.resolve("records.duckdb"), properties)
            .unwrap(DuckDBConnection.class);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute("SET enable_external_access = false");
      statement.execute("SET lock_configuration = true");
    }
    return connection;
  }

  @Override
  public Connection open() throws SQLException {
    return root.duplicate();
  }

  @Override
  public EngineDialect dialect() {
    return EngineDialect.DUCKDB;
  }

  @Override
  public void close() {
    try {
      root.close();
    } catch (SQLException e) {
      throw new RecordStoreException(e);
    }
  }
}
