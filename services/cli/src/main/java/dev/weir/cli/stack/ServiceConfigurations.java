package dev.weir.cli.stack;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.weir.runtime.embedded.KafkaSettings;
import dev.weir.runtime.embedded.KeycloakSettings;
import dev.weir.runtime.embedded.OwnerOnly;
import dev.weir.runtime.embedded.SecretStore;
import dev.weir.runtime.sql.DatabaseRoles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the YAML file that each service starts from, in this JVM or in its own process. The files
 * name password files and hold no password.
 */
final class ServiceConfigurations {
  static final String DATABASE = "weir";

  private final StackState state;
  private final StackPorts ports;
  private final SecretStore secrets;
  private final KeycloakSettings keycloak;

  ServiceConfigurations(
      StackState state, StackPorts ports, SecretStore secrets, KeycloakSettings keycloak) {
    this.state = state;
    this.ports = ports;
    this.secrets = secrets;
    this.keycloak = keycloak;
  }

  /** Writes all of them anew. */
  void write() {
    for (Service service : Service.values()) {
      write(service.id(), of(service));
    }
    write(Witness.NAME, witness());
  }

  Map<String, Object> of(Service service) {
    var configuration = new LinkedHashMap<String, Object>();
    configuration.put("serviceName", service.id());
    configuration.put(
        "http",
        Map.of(
            "port", ports.port(service.id()), "adminPort", ports.port(StackPorts.admin(service))));
    configuration.put(
        "auth",
        Map.of("issuer", keycloak.issuer().toString(), "jwksUri", keycloak.jwks().toString()));
    configuration.put("database", database(service));
    configuration.put("kafka", kafka(service));
    configuration.putAll(ServiceExtras.of(service, state, ports));
    return configuration;
  }

  private Map<String, Object> database(Service service) {
    var database = new LinkedHashMap<String, Object>();
    database.put(
        "jdbcUrl",
        "jdbc:postgresql://127.0.0.1:" + ports.port(StackPorts.POSTGRES) + "/" + DATABASE);
    user(database, "application", DatabaseRoles.application(service.id()));
    user(database, "migration", DatabaseRoles.MIGRATION);
    user(database, "relay", DatabaseRoles.RELAY);
    return database;
  }

  private void user(Map<String, Object> database, String purpose, String role) {
    var credentials = secrets.of("postgres", role);
    database.put(purpose + "User", role);
    database.put(purpose + "PasswordFile", credentials.passwordFile().toString());
  }

  private Map<String, Object> kafka(Service service) {
    var user = secrets.of("kafka", service.id());
    return Map.of(
        "bootstrapServers",
        "127.0.0.1:" + ports.port(StackPorts.KAFKA),
        "username",
        user.username(),
        "passwordFile",
        user.passwordFile().toString(),
        "registryUrl",
        ports.address(Service.SPACE.id()) + "/apis/ccompat/v7");
  }

  private Map<String, Object> witness() {
    return Map.of(
        "directory", state.data(Witness.NAME).toString(),
        "port", ports.port(StackPorts.WITNESS),
        "name", "weir.local/witness",
        "logKeyFile", state.data("audit").resolve("log").resolve("log.vkey").toString());
  }

  private void write(String part, Map<String, Object> content) {
    Path file = state.configuration(part);
    OwnerOnly.directory(file.resolveSibling(".").normalize());
    try {
      OwnerOnly.write(file, new YAMLMapper().writeValueAsString(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kafka's settings for the same ports and secrets. */
  KafkaSettings kafkaSettings() {
    return KafkaSettings.in(
        state.directory(),
        ports.port(StackPorts.KAFKA),
        ports.port(StackPorts.KAFKA_CONTROLLER),
        secrets,
        DatabaseRoles.SERVICES);
  }
}
