package dev.weir.runtime.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a realm file for what must never be in one. Every fault is named by client and rule, so
 * that a reviewer need not know Keycloak.
 */
public final class RealmLinter {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{secret\\.[a-z0-9-]+}");
  private static final Set<String> ALGORITHMS = Set.of("ES256", "RS256");
  private static final int MAX_ACCESS_SECONDS = 300;

  private final List<String> faults = new ArrayList<>();

  private RealmLinter() {}

  /** Every fault found; empty for a realm that may be used. */
  public static List<String> faultsOf(JsonNode realm) {
    var linter = new RealmLinter();
    linter.realm(realm);
    realm.path("clients").forEach(linter::client);
    realm.path("users").forEach(linter::user);
    return List.copyOf(linter.faults);
  }

  private void realm(JsonNode realm) {
    require(realm.path("bruteForceProtected").asBoolean(), "realm: brute-force detection is off");
    require(!realm.path("registrationAllowed").asBoolean(), "realm: anybody may register");
    require(!realm.path("resetPasswordAllowed").asBoolean(), "realm: anybody may reset passwords");
    require(
        realm.path("revokeRefreshToken").asBoolean()
            && realm.path("refreshTokenMaxReuse").asInt(1) == 0,
        "realm: refresh tokens are not rotated");
    require(
        ALGORITHMS.contains(realm.path("defaultSignatureAlgorithm").asText()),
        "realm: the signature algorithm is not ES256 or RS256");
    int seconds = realm.path("accessTokenLifespan").asInt(Integer.MAX_VALUE);
    require(seconds > 0 && seconds <= MAX_ACCESS_SECONDS, "realm: access tokens outlive 5 minutes");
    require(!"none".equals(realm.path("sslRequired").asText()), "realm: plain HTTP from anywhere");
    for (JsonNode policy :
        realm
            .path("components")
            .path("org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy")) {
      dynamicRegistration(policy);
    }
    require(
        registrationIsClosed(realm, "anonymous") && registrationIsClosed(realm, "authenticated"),
        "realm: clients may register themselves");
  }

  private void dynamicRegistration(JsonNode policy) {
    if ("max-clients".equals(policy.path("providerId").asText())) {
      require(
          policy.path("config").path("max-clients").path(0).asInt(1) == 0,
          "realm: a client registration policy admits clients");
    }
  }

  private static boolean registrationIsClosed(JsonNode realm, String kind) {
    for (JsonNode policy :
        realm
            .path("components")
            .path("org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy")) {
      if (policy.path("subType").asText().equals(kind)
          && policy.path("providerId").asText().equals("max-clients")) {
        return true;
      }
    }
    return false;
  }

  private void client(JsonNode client) {
    String id = client.path("clientId").asText();
    require(!client.path("implicitFlowEnabled").asBoolean(true), id + ": implicit flow");
    require(!client.path("directAccessGrantsEnabled").asBoolean(true), id + ": password grant");
    require(!client.path("fullScopeAllowed").asBoolean(true), id + ": full scope");
    for (String where : List.of("redirectUris", "webOrigins")) {
      client
          .path(where)
          .forEach(uri -> require(!uri.asText().contains("*"), id + ": wildcard in " + where));
    }
    var algorithm = client.path("attributes").path("access.token.signed.response.alg").asText();
    require(ALGORITHMS.contains(algorithm), id + ": access tokens not signed with ES256 or RS256");
    int seconds = client.path("attributes").path("access.token.lifespan").asInt(MAX_ACCESS_SECONDS);
    require(seconds > 0 && seconds <= MAX_ACCESS_SECONDS, id + ": access tokens outlive 5 minutes");
    if (client.path("publicClient").asBoolean()) {
      publicClient(id, client);
    } else {
      confidentialClient(id, client);
    }
    mappers(id, client);
  }

  private void publicClient(String id, JsonNode client) {
    var method = client.path("attributes").path("pkce.code.challenge.method").asText();
    require("S256".equals(method), id + ": public client without PKCE S256");
    require(
        !client.path("serviceAccountsEnabled").asBoolean(), id + ": public client with an account");
    require(client.path("secret").isMissingNode(), id + ": public client with a secret");
  }

  private void confidentialClient(String id, JsonNode client) {
    String secret = client.path("secret").asText();
    require(PLACEHOLDER.matcher(secret).matches(), id + ": a secret is in the file");
  }

  private void mappers(String id, JsonNode client) {
    boolean audience = false;
    boolean party = false;
    boolean roles = false;
    for (JsonNode mapper : client.path("protocolMappers")) {
      var config = mapper.path("config");
      String claim = config.path("claim.name").asText();
      audience |= "weir-api".equals(config.path("included.custom.audience").asText());
      party |= "party".equals(claim);
      roles |= "roles".equals(claim);
    }
    require(audience, id + ": no audience weir-api");
    require(party && roles, id + ": no party or roles in tokens");
  }

  private void user(JsonNode user) {
    require(
        user.path("credentials").isEmpty(),
        user.path("username").asText() + ": credentials are in the file");
  }

  private void require(boolean holds, String fault) {
    if (!holds) {
      faults.add(fault);
    }
  }
}
