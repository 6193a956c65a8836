package dev.weir.runtime.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A real Keycloak server as a child process, keeping its data in an {@link EmbeddedPostgres} under
 * a role and in a database of its own. Listens on 127.0.0.1; its issuer is fixed whatever host a
 * request names. Thread-safe; {@link #close} stops the server and keeps the data.
 */
public final class EmbeddedKeycloak implements AutoCloseable {
  /** Seconds on a machine with nothing else to do; a busy one is slower, not broken. */
  private static final Duration START_LIMIT = Duration.ofMinutes(10);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private final KeycloakSettings settings;
  private final Process server;

  private EmbeddedKeycloak(KeycloakSettings settings, Process server) {
    this.settings = settings;
    this.server = server;
  }

  /**
   * Launches the server and returns at once; {@link #awaitReady} waits for it.
   *
   * @param database runs already; the role and the database are created there
   */
  public static EmbeddedKeycloak launch(
      KeycloakSettings settings, EmbeddedPostgres database, Progress progress) {
    var distribution = KeycloakDistribution.builtIn(settings.cache(), progress);
    mend(settings.directory());
    createDatabase(settings, database);
    Path configuration = KeycloakConfiguration.write(settings, database);
    Process process = start(settings, distribution, configuration);
    ProcessMark.of(process.toHandle()).write(mark(settings.directory()));
    return new EmbeddedKeycloak(settings, process);
  }

  /** Stops a server that a killed parent left behind in the same directory. */
  static boolean mend(Path directory) {
    var orphan = ProcessMark.read(mark(directory)).filter(ProcessMark::alive);
    orphan.ifPresent(mark -> mark.stop(STOP_LIMIT));
    return orphan.isPresent();
  }

  /**
   * Returns once a client is served a token, for which the server must reach its database.
   *
   * @throws EmbeddedException when the server ends, or is not ready within ten minutes; says which,
   *     what it answered last, and quotes its log
   */
  public void awaitReady() {
    try (var health = HealthProbe.of(settings.health());
        var logins = HealthProbe.ofLogins(settings.adminTokens(), settings.administrator())) {
      boolean settled =
          Waiting.until(START_LIMIT, () -> !server.isAlive() || (health.ready() && logins.ready()));
      if (!settled || !server.isAlive()) {
        String why =
            server.isAlive()
                ? "was not ready after %d minutes; its health check last %s, its token endpoint %s"
                    .formatted(START_LIMIT.toMinutes(), health.lastAnswer(), logins.lastAnswer())
                : "ended with status " + server.exitValue();
        close();
        throw new EmbeddedException(
            "Keycloak %s. Start again when the machine is less busy. The end of %s:%n%s"
                .formatted(why, settings.log(), Waiting.tail(settings.log())));
      }
    }
  }

  public KeycloakSettings settings() {
    return settings;
  }

  public ProcessHandle process() {
    return server.toHandle();
  }

  @Override
  public void close() {
    ProcessMark.stop(server.toHandle(), STOP_LIMIT);
  }

  private static Path mark(Path directory) {
    return directory.resolve("server.pid");
  }

  private static void createDatabase(KeycloakSettings settings, EmbeddedPostgres database) {
    var user = settings.databaseUser();
    var source = database.dataSource("postgres", database.superuser());
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      String role = statement.enquoteIdentifier(user.username(), true);
      if (isAbsent(statement, "pg_roles where rolname", user.username())) {
        statement.execute("create role " + role + " login");
      }
      statement.execute(
          "alter role " + role + " password " + statement.enquoteLiteral(user.revealPassword()));
      if (isAbsent(statement, "pg_database where datname", KeycloakSettings.DATABASE)) {
        statement.execute("create database " + KeycloakSettings.DATABASE + " owner " + role);
        statement.execute("revoke all on database " + KeycloakSettings.DATABASE + " from public");
      }
    } catch (SQLException e) {
      throw new EmbeddedException("The database of Keycloak could not be created.", e);
    }
  }

  private static boolean isAbsent(java.sql.Statement statement, String where, String name)
      throws SQLException {
    try (var rows =
        statement.executeQuery("select 1 from " + where + " = " + statement.enquoteLiteral(name))) {
      return !rows.next();
    }
  }

  private static Process start(
      KeycloakSettings settings, KeycloakDistribution distribution, Path configuration) {
    var command = new ArrayList<String>(List.of("setsid"));
    command.addAll(
        distribution.command(
            List.of(
                "-Xms64m",
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // A database that was killed leaves dead connections in the pool, each of which
                // would cost somebody a login; asking first costs one round trip.
                "-Dquarkus.datasource.jdbc.validate-on-borrow=true"),
            List.of("--config-file=" + configuration, "start", "--optimized")));
    OwnerOnly.directory(settings.log().resolveSibling(".").normalize());
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(settings.log().toFile()));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new EmbeddedException("Keycloak's process could not be started.", e);
    }
  }
}
