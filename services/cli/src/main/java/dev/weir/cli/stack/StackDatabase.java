package dev.weir.cli.stack;

import dev.weir.runtime.embedded.EmbeddedPostgres;
import dev.weir.runtime.embedded.SecretStore;
import dev.weir.runtime.secret.Secret;
import dev.weir.runtime.sql.DatabaseRoles;
import java.sql.SQLException;
import java.util.HashMap;

/** Makes the services' databases and roles; changes nothing that is there already. */
final class StackDatabase {

  private StackDatabase() {}

  static void prepare(EmbeddedPostgres postgres, SecretStore secrets) {
    try {
      var passwords = new HashMap<String, Secret>();
      for (String role : DatabaseRoles.all()) {
        passwords.put(role, Secret.read(secrets.of("postgres", role).passwordFile()));
      }
      for (var database : Service.databases().entrySet()) {
        createDatabase(postgres, database.getKey());
        try (var superuser =
            postgres.dataSource(database.getKey(), postgres.superuser()).getConnection()) {
          DatabaseRoles.create(superuser, passwords, database.getValue());
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the services' databases could not be prepared", e);
    }
  }

  private static void createDatabase(EmbeddedPostgres postgres, String name) throws SQLException {
    try (var connection = postgres.dataSource("postgres", postgres.superuser()).getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery("select 1 from pg_database where datname = '" + name + "'")) {
      if (!rows.next()) {
        try (var create = connection.createStatement()) {
          create.execute("create database " + name);
        }
      }
    }
  }
}
