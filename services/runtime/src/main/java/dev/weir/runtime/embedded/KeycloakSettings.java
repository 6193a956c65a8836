package dev.weir.runtime.embedded;

import java.net.URI;
import java.nio.file.Path;

/**
 * Where an embedded Keycloak keeps what, and how it is reached.
 *
 * @param directory holds the server's configuration, its process mark and the realm's fingerprint
 * @param cache holds the built distribution, shared by many servers
 * @param log standard output of the server
 * @param port for everybody, on 127.0.0.1
 * @param managementPort for health, on 127.0.0.1
 * @param secrets holds the database password, the administrator's secret and the clients' secrets
 */
public record KeycloakSettings(
    Path directory, Path cache, Path log, int port, int managementPort, SecretStore secrets) {
  public static final String REALM = "weir";
  static final String DATABASE = "keycloak";
  static final String ADMIN_CLIENT = "weir-bootstrap";

  /** Everything inside one directory: {@code keycloak/}, {@code logs/} and {@code secrets/}. */
  public static KeycloakSettings in(
      Path state, Path cache, int port, int managementPort, SecretStore secrets) {
    return new KeycloakSettings(
        state.resolve("keycloak"),
        cache,
        state.resolve("logs").resolve("keycloak.log"),
        port,
        managementPort,
        secrets);
  }

  public URI address() {
    return URI.create("http://" + LoopbackPorts.HOST + ":" + port);
  }

  /** The exact {@code iss} of the realm's tokens. */
  public URI issuer() {
    return address().resolve("/realms/" + REALM);
  }

  public URI jwks() {
    return URI.create(issuer() + "/protocol/openid-connect/certs");
  }

  public URI tokenEndpoint() {
    return URI.create(issuer() + "/protocol/openid-connect/token");
  }

  /** The secret of one of the realm's confidential clients. */
  public Credentials client(String clientId) {
    return secrets.of("client", clientId);
  }

  Credentials databaseUser() {
    return secrets.of("postgres", DATABASE);
  }

  Credentials administrator() {
    return secrets.of("keycloak", ADMIN_CLIENT);
  }

  /** Where {@link #administrator} gets tokens; there before any realm of ours. */
  URI adminTokens() {
    return address().resolve("/realms/master/protocol/openid-connect/token");
  }

  URI health() {
    return URI.create("http://" + LoopbackPorts.HOST + ":" + managementPort + "/health/ready");
  }
}
