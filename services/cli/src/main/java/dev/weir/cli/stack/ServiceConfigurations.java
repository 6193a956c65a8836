package dev.weir.cli.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.weir.runtime.sql.DatabaseRoles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Renders the YAML that each service starts from, in this JVM, in a process of its own or in a
 * container. It names password files and holds no password.
 */
final class ServiceConfigurations {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .build();

  /** Who leads here: the operator of {@code deploy/demo/parties.json}. */
  static final String LEADER_PARTY = "91990000900000022K";

  private final Places places;

  ServiceConfigurations(Places places) {
    this.places = places;
  }

  /** File content by part: every service, and the witness. */
  Map<String, String> render() {
    var files = new LinkedHashMap<String, String>();
    for (Service service : Service.values()) {
      files.put(service.id(), yaml(of(service)));
    }
    files.put(Witness.NAME, yaml(witness()));
    return files;
  }

  /** What makes roles, users, topics and rules before the first start. */
  String init() {
    return yaml(
        ordered(
            "jdbcUrl", places.jdbcUrl(Service.SPACE),
            "superuser", "postgres",
            "bootstrapServers", places.kafka(),
            "administrator", "admin",
            "trustedCertificates", places.kafkaCertificates(),
            "secrets", places.secrets().toString()));
  }

  /** The file of the custodian of sums, whom the stack does not start. */
  String custodian(StackState state) {
    var configuration = common(Custodian.NAME, places.jdbcUrl(Custodian.DATABASE));
    configuration.put("heKey", Custodian.key(state).toString());
    configuration.put("tasks", Custodian.tasks(state).toString());
    return yaml(configuration);
  }

  private Map<String, Object> of(Service service) {
    var configuration = common(service.id(), places.jdbcUrl(service));
    configuration.putAll(own(service));
    return configuration;
  }

  private Map<String, Object> common(String service, String jdbcUrl) {
    return ordered(
        "serviceName", service,
        "http", http(service),
        "auth", ordered("issuer", places.issuer(), "jwksUri", places.jwks()),
        "database", database(service, jdbcUrl),
        "kafka", kafka(service));
  }

  /** What this service is told beyond what all are told. */
  private Map<String, Object> own(Service service) {
    return switch (service) {
      case SPACE -> Map.of();
      case AUDIT -> Map.of("log", log());
      case INTAKE -> Map.of("domainDirectory", places.data(service.id()).toString());
      case QUERY ->
          ordered(
              "directory", places.data(service.id()).toString(),
              "roles", List.of("API", "ROLLUP", "HE_WORKER"));
      case LEADER, HELPER -> aggregator(service);
    };
  }

  /** Leader and helper are one program: what follows is all that tells them apart. */
  private Map<String, Object> aggregator(Service service) {
    var directory = places.data(service.id());
    var keys =
        ordered(
            "role", service.name(),
            "address", places.aggregator(service),
            "keys", directory.resolve("keys").toString(),
            "state", directory.resolve("lanes").toString());
    if (service == Service.HELPER) {
      keys.put("leaderParty", LEADER_PARTY);
    }
    return keys;
  }

  private Map<String, Object> http(String service) {
    return ordered(
        "host", places.host(),
        "port", places.port(service),
        "adminPort", places.port(StackPorts.admin(service)));
  }

  private Map<String, Object> log() {
    return ordered(
        "directory", places.data("audit").resolve("log").toString(),
        "keys", places.data("audit").resolve("keys").toString(),
        "origin", "weir.local/log",
        "publicKeys", places.publicKeys("audit").toString(),
        "witness", places.witness(),
        "witnessKey", places.witnessKey().toString());
  }

  private Map<String, Object> database(String service, String jdbcUrl) {
    var database = ordered("jdbcUrl", jdbcUrl);
    user(database, "application", DatabaseRoles.application(service));
    user(database, "migration", DatabaseRoles.migration(service));
    user(database, "relay", DatabaseRoles.relay(service));
    return database;
  }

  private void user(Map<String, Object> database, String purpose, String role) {
    database.put(purpose + "User", role);
    database.put(purpose + "PasswordFile", places.passwordFile("postgres", role));
  }

  private Map<String, Object> kafka(String service) {
    var kafka =
        ordered(
            "bootstrapServers",
            places.kafka(),
            "username",
            service,
            "passwordFile",
            places.passwordFile("kafka", service),
            "registryUrl",
            places.registry() + "/apis/ccompat/v7");
    if (!places.kafkaCertificates().isEmpty()) {
      kafka.put("trustedCertificates", places.kafkaCertificates());
    }
    return kafka;
  }

  private Map<String, Object> witness() {
    return ordered(
        "directory", places.data(Witness.NAME).toString(),
        "publicKeys", places.publicKeys(Witness.NAME).toString(),
        "host", places.host(),
        "port", places.port(StackPorts.WITNESS),
        "name", "weir.local/witness",
        "logKeyFile", places.logKey().toString());
  }

  private static Map<String, Object> ordered(Object... pairs) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  private static String yaml(Map<String, Object> content) {
    try {
      return YAML.writeValueAsString(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of texts can always be written", e);
    }
  }
}
