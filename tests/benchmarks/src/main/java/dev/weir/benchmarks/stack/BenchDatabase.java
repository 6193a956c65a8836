package dev.weir.benchmarks.stack;

import com.codahale.metrics.MetricRegistry;
import dev.weir.runtime.embedded.EmbeddedCache;
import dev.weir.runtime.embedded.EmbeddedPostgres;
import dev.weir.runtime.embedded.LoopbackPorts;
import dev.weir.runtime.embedded.PostgresSettings;
import dev.weir.runtime.embedded.SecretStore;
import dev.weir.runtime.secret.Secret;
import dev.weir.runtime.sql.Database;
import dev.weir.runtime.sql.DatabaseAccess;
import dev.weir.runtime.sql.DatabaseRoles;
import dev.weir.runtime.sql.Migrations;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A durable PostgreSQL with the roles and the migrated schemas of some services. */
public final class BenchDatabase implements AutoCloseable {
  private static final String NAME = "postgres";

  private final SecretStore secrets;
  private final EmbeddedPostgres server;

  private BenchDatabase(SecretStore secrets, EmbeddedPostgres server) {
    this.secrets = secrets;
    this.server = server;
  }

  public static BenchDatabase start(Path directory, String... services) throws SQLException {
    var secrets = new SecretStore(directory.resolve("secrets"), new SecureRandom());
    var server =
        EmbeddedPostgres.start(
            PostgresSettings.in(directory, EmbeddedCache.path(), LoopbackPorts.free(), secrets));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close)); // after Ctrl-C
    var database = new BenchDatabase(secrets, server);
    try (var superuser = database.superuser()) {
      DatabaseRoles.create(superuser, database.passwords());
    }
    for (String service : services) {
      Migrations.migrate(database.as(DatabaseRoles.MIGRATION), service);
    }
    return database;
  }

  /** As a service sees it: row-level security on. */
  public Database open(String service, int maxConnections) {
    return Database.open(
        as(DatabaseRoles.application(service)), service, maxConnections, new MetricRegistry());
  }

  public Connection superuser() throws SQLException {
    return server.dataSource(NAME, server.superuser()).getConnection();
  }

  /** The keys of a service's configuration file. */
  public Map<String, String> configuration(String service) {
    var keys = new LinkedHashMap<String, String>();
    keys.put("jdbcUrl", server.jdbcUrl(NAME));
    user(keys, "application", DatabaseRoles.application(service));
    user(keys, "migration", DatabaseRoles.MIGRATION);
    user(keys, "relay", DatabaseRoles.RELAY);
    return keys;
  }

  private void user(Map<String, String> keys, String purpose, String role) {
    keys.put(purpose + "User", role);
    keys.put(purpose + "PasswordFile", passwordFile(role).toString());
  }

  private DatabaseAccess as(String role) {
    return new DatabaseAccess(server.jdbcUrl(NAME), role, Secret.read(passwordFile(role)));
  }

  private Map<String, Secret> passwords() {
    var passwords = new LinkedHashMap<String, Secret>();
    DatabaseRoles.all().forEach(role -> passwords.put(role, Secret.read(passwordFile(role))));
    return passwords;
  }

  private Path passwordFile(String role) {
    return secrets.of("postgres", role).passwordFile();
  }

  @Override
  public void close() {
    server.close();
  }
}
