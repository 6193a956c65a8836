package dev.weir.runtime.embedded;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The file that tells the server its secrets, so that no command line has to. */
final class KeycloakConfiguration {

  private KeycloakConfiguration() {}

  static Path write(KeycloakSettings settings, EmbeddedPostgres database) {
    OwnerOnly.directory(settings.directory());
    return OwnerOnly.write(
        settings.directory().toAbsolutePath().resolve("keycloak.conf"),
        lines(settings, database).collect(Collectors.joining("\n", "", "\n")));
  }

  private static Stream<String> lines(KeycloakSettings settings, EmbeddedPostgres database) {
    var user = settings.databaseUser();
    return Stream.of(
        "db-url=" + database.jdbcUrl(KeycloakSettings.DATABASE),
        "db-username=" + user.username(),
        "db-password=" + user.revealPassword(),
        "db-pool-initial-size=2",
        "db-pool-max-size=20",
        "bootstrap-admin-client-id=" + settings.administrator().username(),
        "bootstrap-admin-client-secret=" + settings.administrator().revealPassword(),
        "http-enabled=true",
        "http-host=" + LoopbackPorts.HOST,
        "http-port=" + settings.port(),
        "http-management-host=" + LoopbackPorts.HOST,
        "http-management-port=" + settings.managementPort(),
        // Fixed, so that a forged Host header cannot name another issuer.
        "hostname=" + settings.address(),
        "cache=local",
        "log=console",
        "log-console-color=false",
        "log-level=warn,io.quarkus:info");
  }
}
