package dev.weir.acceptance.identity;

import dev.weir.runtime.embedded.EmbeddedCache;
import dev.weir.runtime.embedded.EmbeddedKeycloak;
import dev.weir.runtime.embedded.EmbeddedPostgres;
import dev.weir.runtime.embedded.KeycloakRealm;
import dev.weir.runtime.embedded.KeycloakSettings;
import dev.weir.runtime.embedded.LoopbackPorts;
import dev.weir.runtime.embedded.PostgresSettings;
import dev.weir.runtime.embedded.ProcessMark;
import dev.weir.runtime.embedded.SecretStore;
import dev.weir.runtime.embedded.StateSeed;
import dev.weir.runtime.embedded.Waiting;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;

/** Keycloak itself, with the realm that is deployed. */
final class RealIssuer implements AutoCloseable {
  private final PostgresSettings database;
  private EmbeddedPostgres postgres;
  private final EmbeddedKeycloak keycloak;

  RealIssuer(Path directory) {
    var random = new SecureRandom();
    var cache = EmbeddedCache.path();
    var secrets = new SecretStore(directory.resolve("secrets"), random);
    StateSeed.preparedIn(cache, random, step -> {}).plantIn(directory, secrets);
    database = PostgresSettings.in(directory, cache, LoopbackPorts.free(), secrets);
    postgres = EmbeddedPostgres.start(database);
    StateSeed.rotate(postgres, secrets);
    keycloak =
        EmbeddedKeycloak.launch(
            KeycloakSettings.in(
                directory, cache, LoopbackPorts.free(), LoopbackPorts.free(), secrets),
            postgres,
            step -> {});
    keycloak.awaitReady();
    StateSeed.rotateAdministrator(keycloak);
    KeycloakRealm.read(
            Path.of(System.getProperty("weir.root"), "deploy", "keycloak", "weir-realm.json"))
        .applyTo(keycloak);
  }

  /** Ends the database as a crash does, and brings it back; Keycloak runs on. */
  void killAndRestartDatabase() {
    postgres.process().destroyForcibly();
    Waiting.until(Duration.ofSeconds(10), () -> !ProcessMark.runs(postgres.process()));
    postgres = EmbeddedPostgres.start(database);
    keycloak.awaitReady();
  }

  Map<String, String> configuration() {
    return Map.of(
        "issuer", keycloak.settings().issuer().toString(),
        "jwksUri", keycloak.settings().jwks().toString());
  }

  /** A token of one of the realm's accounts. */
  String token(String clientId) throws IOException, InterruptedException {
    return token(
        keycloak.settings().tokenEndpoint(),
        clientId,
        keycloak.settings().client(clientId).revealPassword());
  }

  /** A token that the same server signed for another realm. */
  String tokenOfAnotherRealm() throws IOException, InterruptedException {
    var administrator = keycloak.settings().secrets().of("keycloak", "weir-bootstrap");
    return token(
        keycloak.settings().address().resolve("/realms/master/protocol/openid-connect/token"),
        administrator.username(),
        administrator.revealPassword());
  }

  private static String token(URI endpoint, String clientId, String secret)
      throws IOException, InterruptedException {
    String form =
        "grant_type=client_credentials&client_id=%s&client_secret=%s"
            .formatted(clientId, URLEncoder.encode(secret, StandardCharsets.UTF_8));
    var request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new IOException("no token for " + clientId + ": " + answer.statusCode());
      }
      return Json.mapper().readTree(answer.body()).path("access_token").asText();
    }
  }

  @Override
  public void close() {
    keycloak.close();
    postgres.close();
  }
}
