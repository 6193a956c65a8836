package dev.weir.cli.stack;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import dev.weir.runtime.embedded.Credentials;
import dev.weir.runtime.embedded.KafkaUsers;
import dev.weir.runtime.kafka.KafkaAccess;
import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.runtime.kafka.KafkaTransport;
import dev.weir.runtime.kafka.TopicCatalogue;
import dev.weir.runtime.secret.Secret;
import dev.weir.runtime.secret.SecretAccess;
import dev.weir.runtime.sql.DatabaseRoles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;

/**
 * What a deployment needs before its first service: {@code DeployInit init.yaml} makes the database
 * roles, the aggregators' databases, the broker's users, topics and exactly the access rules, from
 * the same catalogue as the embedded stack. May run at every start: it sets passwords anew and
 * changes nothing else.
 */
public final class DeployInit {
  private DeployInit() {}

  /**
   * @param jdbcUrl the services' database; it exists
   * @param superuser of PostgreSQL
   * @param bootstrapServers brokers, spoken to over TLS
   * @param administrator a super user of the brokers
   * @param trustedCertificates PEM file of who signs the brokers' certificates
   * @param secrets password files, named {@code postgres-<role>} and {@code kafka-<user>}
   */
  record Settings(
      String jdbcUrl,
      String superuser,
      String bootstrapServers,
      String administrator,
      Path trustedCertificates,
      Path secrets) {

    Secret secret(String realm, String user) {
      return Secret.read(secrets.resolve(realm + "-" + user));
    }
  }

  public static void main(String[] arguments)
      throws IOException, SQLException, InterruptedException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("usage: DeployInit <init.yaml>");
    }
    var settings =
        YAMLMapper.builder()
            .addModule(new ParameterNamesModule())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build()
            .readValue(Path.of(arguments[0]).toFile(), Settings.class);
    database(settings);
    broker(settings);
    System.out.println("roles, users, topics and access rules are in place");
  }

  private static void database(Settings settings) throws SQLException {
    var passwords = new HashMap<String, Secret>();
    DatabaseRoles.all().forEach(role -> passwords.put(role, settings.secret("postgres", role)));
    var login = new Properties();
    login.put("user", settings.superuser());
    login.put(
        "password",
        settings
            .secret("postgres", settings.superuser())
            .reveal(SecretAccess.DATABASE_ROLE_CREATION));
    String server = settings.jdbcUrl().substring(0, settings.jdbcUrl().lastIndexOf('/') + 1);
    try (var connection = DriverManager.getConnection(settings.jdbcUrl(), login)) {
      keycloak(connection, settings.secret("postgres", "keycloak"));
      for (var database : Service.databases().entrySet()) {
        ensure(connection, database.getKey());
        try (var own = DriverManager.getConnection(server + database.getKey(), login)) {
          DatabaseRoles.create(own, passwords, database.getValue());
        }
      }
    }
  }

  private static void ensure(Connection superuser, String database) throws SQLException {
    try (var statement = superuser.createStatement();
        var rows =
            statement.executeQuery(
                "select 1 from pg_database where datname = '" + database + "'")) {
      if (!rows.next()) {
        try (var create = superuser.createStatement()) {
          create.execute("create database " + database);
        }
      }
    }
  }

  /** The identity server's own role and database, which no service can reach. */
  private static void keycloak(Connection superuser, Secret password) throws SQLException {
    try (var statement = superuser.createStatement()) {
      statement.execute(
          "do $$ begin if not exists (select from pg_roles where rolname = 'keycloak')"
              + " then create role keycloak login; end if; end $$");
      statement.execute(
          "alter role keycloak password "
              + statement.enquoteLiteral(password.reveal(SecretAccess.DATABASE_ROLE_CREATION)));
      try (var rows =
          statement.executeQuery("select 1 from pg_database where datname = 'keycloak'")) {
        if (rows.next()) {
          return;
        }
      }
      statement.execute("create database keycloak owner keycloak");
      statement.execute("revoke all on database keycloak from public");
    }
  }

  private static void broker(Settings settings) throws InterruptedException {
    var access =
        new KafkaAccess(
            settings.bootstrapServers(),
            new KafkaTransport.Tls(settings.trustedCertificates()),
            settings.administrator(),
            settings.secret("kafka", settings.administrator()));
    try (var admin = KafkaClients.admin(access)) {
      KafkaUsers.set(admin, users(settings));
      StackTopics.apply(admin);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker refused its users", e.getCause());
    }
  }

  private static List<Credentials> users(Settings settings) {
    return TopicCatalogue.load().principals().stream()
        .map(service -> new Credentials(service, settings.secrets().resolve("kafka-" + service)))
        .toList();
  }
}
