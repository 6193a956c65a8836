package dev.weir.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.runtime.embedded.KeycloakSettings;
import dev.weir.runtime.embedded.OwnerOnly;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes, for each demonstration account, where the services are and where its secret is. */
final class ClientProfiles {
  private final StackState state;
  private final StackPorts ports;
  private final KeycloakSettings keycloak;

  ClientProfiles(StackState state, StackPorts ports, KeycloakSettings keycloak) {
    this.state = state;
    this.ports = ports;
    this.keycloak = keycloak;
  }

  void write() {
    Path parties = state.root().resolve("deploy").resolve("demo").resolve("parties.json");
    try {
      for (JsonNode party : Json.mapper().readTree(Files.readAllBytes(parties)).path("parties")) {
        for (JsonNode client : party.path("clients")) {
          write(client.path("clientId").asText());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String clientId) throws IOException {
    var services = new LinkedHashMap<String, String>();
    for (Service service : Service.values()) {
      services.put(service.id(), ports.address(service.id()).toString());
    }
    services.put(Custodian.NAME, ports.address(Custodian.NAME).toString());
    var profile =
        Map.of(
            "tokenEndpoint",
            keycloak.tokenEndpoint().toString(),
            "services",
            services,
            "clientId",
            clientId,
            "secretFile",
            keycloak.client(clientId).passwordFile().toString());
    Path file = state.profile(clientId);
    OwnerOnly.directory(file.resolveSibling(".").normalize());
    byte[] json = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(profile);
    OwnerOnly.write(file, new String(json, StandardCharsets.UTF_8) + "\n");
  }
}
