package dev.weir.cli.stack;

import dev.weir.runtime.embedded.KeycloakSettings;
import dev.weir.runtime.embedded.LoopbackPorts;
import dev.weir.runtime.embedded.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where the parts of one deployment are, as its services are told. Immutable.
 *
 * @param host the services listen at
 * @param ports API and admin port of each service by {@link StackPorts} name
 * @param postgres host and port of the database server
 * @param aggregators base URL of the leader and of the helper as their tasks name them
 * @param kafka bootstrap servers
 * @param registry base address of the service space
 * @param witness base address of the witness
 * @param issuer exact {@code iss} of tokens
 * @param jwks where the issuer's keys are
 * @param kafkaCertificates who signs the brokers' certificates; empty on loopback
 * @param data what the services keep on disk, one directory each
 * @param secrets password files, named {@code <realm>-<user>}
 */
record Places(
    String host,
    Map<String, Integer> ports,
    String postgres,
    Map<Service, String> aggregators,
    String kafka,
    String registry,
    String witness,
    String issuer,
    String jwks,
    String kafkaCertificates,
    Path data,
    Path secrets) {
  static final String DATABASE = "weir";

  Places {
    ports = Map.copyOf(ports);
    aggregators = Map.copyOf(aggregators);
  }

  static Places ofStack(StackState state, StackPorts ports, KeycloakSettings keycloak) {
    return new Places(
        LoopbackPorts.HOST,
        ports.byName(),
        "127.0.0.1:" + ports.port(StackPorts.POSTGRES),
        Map.of(
            Service.LEADER, ports.address(Service.LEADER.id()) + "/dap/",
            Service.HELPER, ports.address(Service.HELPER.id()) + "/dap/"),
        "127.0.0.1:" + ports.port(StackPorts.KAFKA),
        ports.address(Service.SPACE.id()).toString(),
        ports.address(StackPorts.WITNESS).toString(),
        keycloak.issuer().toString(),
        keycloak.jwks().toString(),
        "",
        state.directory().resolve("data"),
        state.secrets());
  }

  int port(String name) {
    return new StackPorts(ports).port(name);
  }

  /** The database of one service. */
  String jdbcUrl(Service service) {
    return jdbcUrl(service.database());
  }

  String jdbcUrl(String database) {
    return "jdbc:postgresql://" + postgres + "/" + database;
  }

  /** What tasks call an aggregator. */
  String aggregator(Service service) {
    String address = aggregators.get(service);
    if (address == null) {
      throw new IllegalArgumentException(service + " is no aggregator");
    }
    return address;
  }

  Path data(String part) {
    return data.resolve(part);
  }

  String passwordFile(String realm, String user) {
    return secrets.resolve(realm + "-" + user).toString();
  }

  /** Public keys of one part, for others to read; it holds nothing secret. */
  Path publicKeys(String part) {
    return data("public").resolve(part);
  }

  /** Published by the audit service at its first start. */
  Path logKey() {
    return publicKeys("audit").resolve("log.vkey");
  }

  /** What an auditor checks an export with, put side by side. */
  void gatherKeys(Path directory) {
    OwnerOnly.directory(directory);
    try {
      for (Path key : List.of(logKey(), logKey().resolveSibling("log-sm3.vkey"), witnessKey())) {
        OwnerOnly.write(directory.resolve(key.getFileName().toString()), Files.readString(key));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Published by the witness at its first start. */
  Path witnessKey() {
    return publicKeys(Witness.NAME).resolve("witness.vkey");
  }
}
