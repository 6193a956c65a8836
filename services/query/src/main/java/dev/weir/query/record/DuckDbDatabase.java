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
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.duckdb.DuckDBConnection;

/**
 * A DuckDB file with capped memory and threads, no access to anything outside it, no extension
 * loaded at run time, and its configuration locked. Thread-safe.
 */
public final class DuckDbDatabase implements RecordDatabase {
  private static final String FIRST_FILE = "records.duckdb";

  private final Path directory;
  private final int memoryMegabytes;
  private final int threads;
  private final AtomicBoolean suspected = new AtomicBoolean();
  private DuckDBConnection root;
  private Path file;

  private DuckDbDatabase(Path directory, int memoryMegabytes, int threads)
      throws IOException, SQLException {
    this.directory = directory;
    this.memoryMegabytes = memoryMegabytes;
    this.threads = threads;
    this.file = newest(directory);
    DuckDBConnection opened;
    try {
      opened = connect(file, memoryMegabytes, threads);
    } catch (SQLException e) {
      remove(directory);
      this.file = directory.resolve(FIRST_FILE);
      opened = connect(file, memoryMegabytes, threads);
    }
    this.root = opened;
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
      return new DuckDbDatabase(directory, memoryMegabytes, threads);
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("the record database cannot be opened", e);
    }
  }

  /** Removes the files of a closed database. */
  public static void remove(Path directory) throws IOException {
    for (Path path : files(directory)) {
      Files.deleteIfExists(path);
      Files.deleteIfExists(path.resolveSibling(path.getFileName() + ".wal"));
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (var paths = Files.list(directory)) {
      return paths.filter(path -> path.getFileName().toString().endsWith(".duckdb")).toList();
    }
  }

  /** The one file there is; of several, which a crash in {@link #recreate} leaves, none is good. */
  private static Path newest(Path directory) throws IOException {
    List<Path> found = files(directory);
    if (found.size() == 1) {
      return found.getFirst();
    }
    remove(directory);
    return directory.resolve(FIRST_FILE);
  }

  @Override
  public void suspect() {
    suspected.set(true);
  }

  @Override
  public boolean suspected() {
    return suspected.get();
  }

  @Override
  public void trust() {
    suspected.set(false);
  }

  /** The engine keeps a broken instance for as long as anyone holds it, so the file is another. */
  @Override
  public synchronized boolean recreate() {
    try {
      root.close();
    } catch (SQLException e) {
      // A broken instance need not close; its file goes all the same.
    }
    try {
      remove(directory);
      file = directory.resolve("records-" + UUID.randomUUID() + ".duckdb");
      root = connect(file, memoryMegabytes, threads);
      suspected.set(false);
      return true;
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("the record database cannot be made again", e);
    }
  }

  private static DuckDBConnection connect(Path file, int memoryMegabytes, int threads)
      throws SQLException {
    var properties = new Properties();
    properties.put("memory_limit", memoryMegabytes + "MB");
    properties.put("threads", Integer.toString(threads));
    properties.put("autoinstall_known_extensions", "false");
    properties.put("autoload_known_extensions", "false");
    // Rows are read as the engine makes them, not after all of them are in memory.
    properties.put("jdbc_stream_results", "true");
    properties.put("temp_directory", file.resolveSibling("spill").toString());
    properties.put("max_temp_directory_size", "8GB");
    // Every checkpoint rewrites the last row group; a version of millions arrives in many commits.
    properties.put("checkpoint_threshold", "256MB");
    var connection =
        DriverManager.getConnection("jdbc:duckdb:" + file, properties)
            .unwrap(DuckDBConnection.class);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute("SET enable_external_access = false");
      statement.execute("SET lock_configuration = true");
    }
    return connection;
  }

  @Override
  public synchronized Connection open() throws SQLException {
    return root.duplicate();
  }

  @Override
  public EngineDialect dialect() {
    return EngineDialect.DUCKDB;
  }

  @Override
  public synchronized void close() {
    try {
      root.close();
    } catch (SQLException e) {
      throw new RecordStoreException(e);
    }
  }
}
