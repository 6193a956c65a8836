package dev.weir.cli.client;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;

/**
 * Fetches access tokens for one account with the client-credentials grant and renews them before
 * they end. Thread-safe.
 */
final class TokenSource {
  private static final Duration EARLY = Duration.ofSeconds(30);

  private final HttpClient http;
  private final InstantSource clock;
  private final URI endpoint;
  private final String clientId;
  private final Path secretFile;
  private String token = "";
  private Instant renewAt = Instant.MIN;

  TokenSource(HttpClient http, InstantSource clock, Profile profile) {
    this.http = http;
    this.clock = clock;
    this.endpoint = profile.tokenEndpoint();
    this.clientId = profile.clientId();
    this.secretFile = profile.secretFile();
  }

  synchronized String token() throws IOException, InterruptedException {
    if (clock.instant().isBefore(renewAt)) {
      return token;
    }
    String form =
        "grant_type=client_credentials&client_id="
            + encode(clientId)
            + "&client_secret="
            + encode(Files.readString(secretFile).strip());
    var request =
        HttpRequest.newBuilder(endpoint)
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    var response = http.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() >= 500) {
      throw new CommandFault(
          ExitCode.RETRYABLE,
          "身份服务暂时无法应答，请稍后再试；请看 ./weir status",
          "the identity provider has trouble of its own; try again later, see ./weir status");
    }
    if (response.statusCode() != 200) {
      throw new CommandFault(
          ExitCode.DENIED,
          "身份服务拒绝了账户 " + clientId + "，状态 " + response.statusCode(),
          "the identity provider refused account "
              + clientId
              + " with status "
              + response.statusCode());
    }
    // The answer is the identity provider's, whose members are not ours to fix: read as a tree.
    var answer = Json.mapper().readTree(response.body());
    token = answer.path("access_token").asText();
    renewAt = clock.instant().plusSeconds(answer.path("expires_in").asLong()).minus(EARLY);
    return token;
  }

  /**
   * The credit code of the party that the account acts for, as its own token says. The token is not
   * verified here: it comes from the identity provider itself, and the services verify it.
   *
   * @throws IOException when the token names none
   */
  String party() throws IOException, InterruptedException {
    String[] parts = token().split("\\.");
    if (parts.length != 3) {
      throw new IOException("the identity provider sent no signed token");
    }
    var claims = Json.mapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
    if (!claims.path("party").isTextual()) {
      throw new IOException("the token names no party");
    }
    return claims.path("party").asText();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
