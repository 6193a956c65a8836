package dev.weir.runtime.sql;

import com.codahale.metrics.MetricRegistry;
import dev.weir.runtime.embedded.EmbeddedPostgres;
import dev.weir.runtime.embedded.LoopbackPorts;
import dev.weir.runtime.embedded.PostgresSettings;
import dev.weir.runtime.embedded.SecretStore;
import dev.weir.runtime.secret.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A database of its own for one test class, on a real server shared by the test run. */
public final class TestDatabase implements AutoCloseable {
  private static final Map<String, Secret> PASSWORDS =
      DatabaseRoles.all().stream()
          .collect(Collectors.toMap(Function.identity(), r -> Secret.random(new SecureRandom())));

  private final String name;

  private TestDatabase(String name) {
    this.name = name;
  }

  /** Creates database, roles and the migrated schemas of the given services. */
  public static TestDatabase create(String name, String... services) {
    return create(name, DatabaseRoles.SERVICES, DatabaseRoles.MIGRATION, services);
  }

  /** The database of an operator apart, with its one service. */
  static TestDatabase ofOperator(String name, String service) {
    return create(name, List.of(service), DatabaseRoles.migration(service), service);
  }

  private static TestDatabase create(
      String name, List<String> users, String migration, String... services) {
    var database = new TestDatabase(name);
    try (var server = connect("postgres");
        var statement = server.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    try (var superuser = database.superuser()) {
      DatabaseRoles.create(superuser, PASSWORDS, users);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    for (String service : services) {
      Migrations.migrate(database.as(migration), service);
    }
    return database;
  }

  static Map<String, Secret> passwords() {
    return PASSWORDS;
  }

  public Connection superuser() {
    return connect(name);
  }

  public DatabaseAccess as(String role) {
    return new DatabaseAccess(Server.running().jdbcUrl(name), role, PASSWORDS.get(role));
  }

  public Database open(String service, int maxConnections) {
    return Database.open(
        as(DatabaseRoles.application(service)), service, maxConnections, new MetricRegistry());
  }

  /** Runs statements as the owner of the tables. */
  public void migrate(String sql) {
    var access = as(DatabaseRoles.MIGRATION);
    try (var connection =
            DriverManager.getConnection(
                access.jdbcUrl(),
                access.user(),
                access.password().reveal(dev.weir.runtime.secret.SecretAccess.DATABASE_LOGIN));
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try (var server = connect("postgres");
        var statement = server.createStatement()) {
      statement.execute("drop database " + name + " with (force)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Connection connect(String database) {
    try {
      return Server.running().dataSource(database, Server.running().superuser()).getConnection();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One server for the whole test run; stopped when the JVM ends. */
  private static final class Server {
    private static final EmbeddedPostgres SERVER = start();

    static EmbeddedPostgres running() {
      return SERVER;
    }

    private static EmbeddedPostgres start() {
      try {
        Path state = Files.createTempDirectory("weir-postgres-");
        Path cache = Path.of(System.getProperty("weir.root", "."), ".weir", "cache");
        var secrets = new SecretStore(state.resolve("secrets"), new SecureRandom());
        var server =
            EmbeddedPostgres.start(
                PostgresSettings.in(state, cache.toAbsolutePath(), LoopbackPorts.free(), secrets));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
