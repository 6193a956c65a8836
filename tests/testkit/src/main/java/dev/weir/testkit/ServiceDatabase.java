package dev.weir.testkit;

import com.codahale.metrics.MetricRegistry;
import dev.weir.runtime.embedded.EmbeddedPostgres;
import dev.weir.runtime.embedded.PostgresSettings;
import dev.weir.runtime.secret.Secret;
import dev.weir.runtime.sql.Database;
import dev.weir.runtime.sql.DatabaseAccess;
import dev.weir.runtime.sql.DatabaseRoles;
import dev.weir.runtime.sql.Migrations;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A real server with the migrated schemas of some services, opened under their own roles. */
public final class ServiceDatabase implements AutoCloseable {
  private static final String NAME = "postgres";

  private final EmbeddedPostgres server;
  private final Map<String, Secret> passwords;

  private ServiceDatabase(EmbeddedPostgres server, Map<String, Secret> passwords) {
    this.server = server;
    this.passwords = passwords;
  }

  /**
   * @param directory of its own; holds the data until somebody deletes it
   */
  public static ServiceDatabase start(Path directory, String... services) throws SQLException {
    var random = new SecureRandom();
    var database =
        new ServiceDatabase(
            EmbeddedPostgres.start(PostgresSettings.temporary(directory)),
            DatabaseRoles.all().stream()
                .collect(Collectors.toMap(Function.identity(), role -> Secret.random(random))));
    try (var superuser = database.superuser()) {
      DatabaseRoles.create(superuser, database.passwords);
    }
    for (String service : services) {
      Migrations.migrate(database.as(DatabaseRoles.MIGRATION), service);
    }
    return database;
  }

  /** As the service sees it: row-level security on. */
  public Database open(String service, int maxConnections) {
    return Database.open(
        as(DatabaseRoles.application(service)), service, maxConnections, new MetricRegistry());
  }

  /** Past row-level security, for what no service may do. */
  public Connection superuser() throws SQLException {
    return server.dataSource(NAME, server.superuser()).getConnection();
  }

  private DatabaseAccess as(String role) {
    return new DatabaseAccess(
        server.jdbcUrl(NAME), role, Objects.requireNonNull(passwords.get(role)));
  }

  @Override
  public void close() {
    server.close();
  }
}
