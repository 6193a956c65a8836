package dev.weir.runtime.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL server as a child process: durable ({@code fsync} on), on 127.0.0.1 only,
 * passwords (SCRAM-SHA-256) for every user, no values in its log.
 *
 * <p>Thread-safe. {@link #start} first stops a server that a killed parent left in the same data
 * directory; {@link #close} stops the server and keeps the data.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(5);

  private final PostgresDirectory directory;
  private final PostgresSettings settings;
  private final Process server;

  private EmbeddedPostgres(PostgresDirectory directory, PostgresSettings settings, Process server) {
    this.directory = directory;
    this.settings = settings;
    this.server = server;
  }

  /**
   * Creates the data directory where needed, mends what a killed server left, starts the server and
   * returns once it answers.
   *
   * @throws EmbeddedException when it does not answer within 60 s; the message quotes its log
   */
  public static EmbeddedPostgres start(PostgresSettings settings) {
    var directory =
        new PostgresDirectory(
            settings.data().toAbsolutePath().normalize(),
            PostgresBinaries.unpackedIn(settings.cache()));
    directory.create(settings.superuser());
    directory.requireVersion();
    new PostgresOrphan(directory).mend();
    Process server = launch(directory, settings);
    var postgres = new EmbeddedPostgres(directory, settings, server);
    postgres.awaitReady();
    return postgres;
  }

  public int port() {
    return settings.port();
  }

  public Credentials superuser() {
    return settings.superuser();
  }

  public ProcessHandle process() {
    return server.toHandle();
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://" + LoopbackPorts.HOST + ":" + port() + "/" + database;
  }

  /** Opens a new connection each time; not pooled. */
  public DataSource dataSource(String database, Credentials user) {
    var source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl(database));
    source.setUser(user.username());
    source.setPassword(user.revealPassword());
    source.setApplicationName("weir");
    return source;
  }

  /** Ends all sessions and writes a checkpoint; a second call does nothing. */
  @Override
  public void close() {
    if (server.isAlive()) {
      new PostgresOrphan(directory).mend();
      ProcessMark.ended(server.toHandle(), Duration.ofSeconds(10));
    }
  }

  private static Process launch(PostgresDirectory directory, PostgresSettings settings) {
    var arguments = new ArrayList<String>(List.of("-D", directory.path().toString()));
    settings.server().forEach((key, value) -> arguments.addAll(List.of("-c", key + "=" + value)));
    // Its own session, so that Ctrl-C reaches the launcher alone, which then stops things in order.
    var command = new ArrayList<String>(List.of("setsid"));
    command.addAll(directory.binaries().command("postgres", arguments));
    OwnerOnly.directory(settings.log().resolveSibling(".").normalize());
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(Map.of("LC_ALL", "C", "TZ", "UTC"));
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(settings.log().toFile()));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new EmbeddedException("PostgreSQL could not be started.", e);
    }
  }

  private void awaitReady() {
    Path status = directory.path().resolve("postmaster.pid");
    boolean ready =
        Waiting.until(START_LIMIT, () -> !server.isAlive() || isReady(status)) && server.isAlive();
    if (!ready) {
      close();
      throw new EmbeddedException(
          "PostgreSQL did not start on port " + port() + ": " + Waiting.tail(settings.log()));
    }
  }

  private static boolean isReady(Path status) {
    try {
      var lines = Files.readAllLines(status);
      return lines.size() >= 8 && lines.get(7).strip().equals("ready");
    } catch (IOException e) {
      return false;
    }
  }
}
