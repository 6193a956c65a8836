package dev.weir.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RealmLinterTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path DEPLOY = Path.of(System.getProperty("weir.root"), "deploy");

  private static final Map<String, Consumer<ObjectNode>> SEEDED =
      Map.ofEntries(
          Map.entry("brute-force", realm -> realm.put("bruteForceProtected", false)),
          Map.entry("anybody may register", realm -> realm.put("registrationAllowed", true)),
          Map.entry("reset passwords", realm -> realm.put("resetPasswordAllowed", true)),
          Map.entry("not rotated", realm -> realm.put("revokeRefreshToken", false)),
          Map.entry(
              "realm: the signature", realm -> realm.put("defaultSignatureAlgorithm", "HS256")),
          Map.entry("realm: access tokens", realm -> realm.put("accessTokenLifespan", 3600)),
          Map.entry("plain HTTP", realm -> realm.put("sslRequired", "none")),
          Map.entry(
              "register themselves",
              realm ->
                  ((ObjectNode) realm.get("components"))
                      .remove(
                          "org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy")),
          Map.entry("implicit flow", realm -> first(realm).put("implicitFlowEnabled", true)),
          Map.entry("password grant", realm -> first(realm).put("directAccessGrantsEnabled", true)),
          Map.entry("full scope", realm -> first(realm).put("fullScopeAllowed", true)),
          Map.entry("wildcard", realm -> first(realm).withArray("redirectUris").add("http://x/*")),
          Map.entry(
              "not signed with",
              realm ->
                  first(realm)
                      .withObject("/attributes")
                      .put("access.token.signed.response.alg", "HS256")),
          Map.entry("a secret is in the file", realm -> first(realm).put("secret", "letmein")),
          Map.entry(
              "without PKCE",
              realm ->
                  cli(realm).withObject("/attributes").put("pkce.code.challenge.method", "plain")),
          Map.entry("with an account", realm -> cli(realm).put("serviceAccountsEnabled", true)),
          Map.entry(
              "no audience", realm -> ((ArrayNode) first(realm).get("protocolMappers")).remove(0)),
          Map.entry(
              "no party or roles",
              realm -> ((ArrayNode) first(realm).get("protocolMappers")).remove(1)),
          Map.entry(
              "credentials are in the file",
              realm ->
                  realm
                      .withArray("users")
                      .addObject()
                      .put("username", "somebody")
                      .withArray("credentials")
                      .addObject()
                      .put("value", "x")));

  @Test
  void ourRealm_hasNoFault() throws IOException {
    assertThat(RealmLinter.faultsOf(realm())).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> aSeededFault_isFound() {
    return SEEDED.entrySet().stream()
        .map(seed ->
            DynamicTest.dynamicTest(
                seed.getKey(),
                () -> {
                  ObjectNode realm = realm();
                  seed.getValue().accept(realm);
                  assertThat(RealmLinter.faultsOf(realm))
                      .anyMatch(fault -> fault.contains(seed.getKey()));
                }));
  }

  @Test
  void partiesAndRealm_nameTheSameAccountsRolesAndCodes() throws IOException {
    // given
    var inParties = new TreeMap<String, String>();
    JsonNode parties = JSON.readTree(Files.readAllBytes(DEPLOY.resolve("demo/parties.json")));
    for (JsonNode party : parties.path("parties")) {
      String code = CreditCode.of(party.path("creditCode").asText()).value();
      party
          .path("clients")
          .forEach(client ->
              inParties.put(client.path("clientId").asText(), code + client.path("roles")));
    }
    // when
    var inRealm = new TreeMap<String, String>();
    realm()
        .path("clients")
        .forEach(client -> {
          if (!client.path("publicClient").asBoolean()) {
            inRealm.put(
                client.path("clientId").asText(), claim(client, "party") + claim(client, "roles"));
          }
        });
    // then
    assertThat(inRealm).isEqualTo(inParties);
  }

  @Test
  void everyAccount_holdsKnownRolesThatMayBeJoined() throws IOException {
    for (JsonNode client : realm().path("clients")) {
      if (client.path("publicClient").asBoolean()) {
        continue;
      }
      var names = new ArrayList<String>();
      JSON.readTree(claim(client, "roles")).forEach(role -> names.add(role.asText()));
      var roles = EnumSet.allOf(Role.class);
      roles.removeIf(role -> !names.contains(role.tokenName()));
      assertThat(roles).hasSameSizeAs(names);
      assertThat(Role.conflict(roles)).isFalse();
    }
  }

  private static String claim(JsonNode client, String name) {
    for (JsonNode mapper : client.path("protocolMappers")) {
      if (mapper.path("config").path("claim.name").asText().equals(name)) {
        return mapper.path("config").path("claim.value").asText();
      }
    }
    return "";
  }

  private static ObjectNode realm() throws IOException {
    return (ObjectNode)
        JSON.readTree(Files.readAllBytes(DEPLOY.resolve("keycloak/weir-realm.json")));
  }

  private static ObjectNode first(ObjectNode realm) {
    return (ObjectNode) realm.get("clients").get(0);
  }

  private static ObjectNode cli(ObjectNode realm) {
    for (JsonNode client : realm.get("clients")) {
      if (client.path("publicClient").asBoolean()) {
        return (ObjectNode) client;
      }
    }
    throw new IllegalStateException("no public client");
  }
}
