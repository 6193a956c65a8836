package dev.weir.runtime.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The few calls of Keycloak's administration interface that setting a realm up needs. Confined to
 * one thread; holds an administrator's token until closed.
 */
final class KeycloakAdmin implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A realm takes seconds to make, and minutes on a machine that is busy with other starts. */
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final KeycloakSettings settings;
  private final String token;

  KeycloakAdmin(KeycloakSettings settings, Credentials administrator) {
    this.settings = settings;
    this.token = fetchToken(administrator);
  }

  boolean realmExists(String realm) {
    return send(request("/admin/realms/" + realm).GET().build(), 200, 404).statusCode() == 200;
  }

  void deleteRealm(String realm) {
    send(request("/admin/realms/" + realm).DELETE().build(), 204);
  }

  /**
   * @param representation secret: holds the clients' secrets
   */
  void createRealm(String representation) {
    send(
        request("/admin/realms")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(representation))
            .build(),
        201);
  }

  /** Sets the secret of a client of the master realm. */
  void setMasterClientSecret(Credentials client) {
    var found =
        send(
            request("/admin/realms/master/clients?clientId=" + encode(client.username()))
                .GET()
                .build(),
            200);
    var representation = (com.fasterxml.jackson.databind.node.ObjectNode) json(found).get(0);
    representation.put("secret", client.revealPassword());
    send(
        request("/admin/realms/master/clients/" + representation.path("id").asText())
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(representation.toString()))
            .build(),
        204);
  }

  @Override
  public void close() {
    http.close();
  }

  private String fetchToken(Credentials administrator) {
    String form =
        "grant_type=client_credentials&client_id="
            + encode(administrator.username())
            + "&client_secret="
            + encode(administrator.revealPassword());
    var request =
        HttpRequest.newBuilder(settings.adminTokens())
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    return json(send(request, 200)).path("access_token").asText();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(at(path))
        .timeout(LIMIT)
        .header("Authorization", "Bearer " + token);
  }

  private URI at(String path) {
    return settings.address().resolve(path);
  }

  private HttpResponse<String> send(HttpRequest request, int... expected) {
    try {
      var response = http.send(request, BodyHandlers.ofString());
      for (int status : expected) {
        if (response.statusCode() == status) {
          return response;
        }
      }
      throw new EmbeddedException(
          "Keycloak answered "
              + response.statusCode()
              + " to "
              + request.method()
              + " "
              + request.uri().getPath()
              + ": "
              + response.body());
    } catch (IOException e) {
      throw new EmbeddedException("Keycloak does not answer at " + settings.address() + ".", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedException("Setting Keycloak up was interrupted.", e);
    }
  }

  private static JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new EmbeddedException("Keycloak's answer is not JSON.", e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
