package dev.weir.acceptance.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.Role;
import dev.weir.runtime.config.WeirConfiguration;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Requires;
import dev.weir.runtime.http.ServiceEnvironment;
import dev.weir.runtime.http.WeirApplication;
import dev.weir.runtime.json.Json;
import dev.weir.testkit.Account;
import dev.weir.testkit.LocalIssuer;
import dev.weir.testkit.TestService;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tests believe of tokens is what the real server says, and the border treats both alike. */
class IssuersAgreeTest {
  private static final String OFFICER = "department-officer";
  private static final String ANALYST = "builder-analyst";
  private static final int LOGINS = 12;
  @TempDir static java.nio.file.Path directory;
  private static RealIssuer real;
  private static LocalIssuer local;
  private static TestService believesReal;
  private static TestService believesLocal;

  @BeforeAll
  static void start() {
    local = LocalIssuer.start();
    real = new RealIssuer(directory);
    believesReal = service(Clock.systemUTC(), real.configuration());
    believesLocal = service(Clock.systemUTC(), localKeys());
  }

  @AfterAll
  static void stop() {
    believesReal.close();
    believesLocal.close();
    real.close();
    local.close();
  }

  @Test
  void tokens_haveTheSameHeaderClaimsAndTypes() throws Exception {
    String ofReal = real.token(OFFICER);
    String ofLocal = local.token(like(OFFICER));
    assertThat(types(part(ofReal, 0))).isEqualTo(types(part(ofLocal, 0)));
    for (String fixed : new String[] {"alg", "typ"}) {
      assertThat(part(ofReal, 0).path(fixed)).as(fixed).isEqualTo(part(ofLocal, 0).path(fixed));
    }
    JsonNode claims = part(ofReal, 1);
    assertThat(types(claims)).containsAllEntriesOf(types(part(ofLocal, 1)));
    for (String same : new String[] {"typ", "aud", "azp", "party", "roles"}) {
      assertThat(claims.path(same)).as(same).isEqualTo(part(ofLocal, 1).path(same));
    }
    assertThat(life(ofReal)).isEqualTo(life(ofLocal));
  }

  @Test
  void caller_isTheSameToTheBorder() throws Exception {
    var ofReal = believesReal.anonymous().with(real.token(OFFICER)).get("/v1/who");
    var ofLocal = believesLocal.as(like(OFFICER)).get("/v1/who");
    assertThat(ofReal.status()).isEqualTo(200);
    assertThat(ofReal.json()).isEqualTo(ofLocal.json());
  }

  @Test
  void refusals_areTheSame() throws Exception {
    String officer = real.token(OFFICER);
    refused(real.token(ANALYST), local.token(like(ANALYST)), ProblemType.FORBIDDEN);
    String good = local.token(like(OFFICER));
    refused(otherSignature(officer), otherSignature(good), ProblemType.UNAUTHENTICATED);
    refused(otherClaims(officer), otherClaims(good), ProblemType.UNAUTHENTICATED);
    refused(unsigned(officer), unsigned(good), ProblemType.UNAUTHENTICATED);
    refused(good, officer, ProblemType.UNAUTHENTICATED); // each is foreign to the other
    assertThat(
            believesReal
                .anonymous()
                .with(real.tokenOfAnotherRealm())
                .get("/v1/who")
                .is(ProblemType.UNAUTHENTICATED))
        .isTrue();
  }

  @Test
  void tokens_thatHaveEnded_areRefusedAlike() throws Exception {
    InstantSource later = InstantSource.offset(Clock.systemUTC(), Duration.ofMinutes(6));
    try (var ofReal = service(later, real.configuration());
        var ofLocal = service(later, localKeys())) {
      assertThat(
              ofReal
                  .anonymous()
                  .with(real.token(OFFICER))
                  .get("/v1/who")
                  .is(ProblemType.UNAUTHENTICATED))
          .isTrue();
      assertThat(ofLocal.as(like(OFFICER)).get("/v1/who").is(ProblemType.UNAUTHENTICATED)).isTrue();
    }
  }

  @Test
  void everyLogin_succeeds_onceADatabaseThatWasKilledIsBack() throws Exception {
    // given: connections of many logins at once in Keycloak's pool
    tokensAtOnce();
    // when
    real.killAndRestartDatabase();
    // then
    assertThat(tokensAtOnce()).hasSize(LOGINS).allSatisfy(token -> assertThat(token).isNotEmpty());
  }

  private static List<String> tokensAtOnce() throws Exception {
    try (var logins = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> login = () -> real.token(OFFICER);
      var tokens = new ArrayList<String>();
      for (var one : logins.invokeAll(Collections.nCopies(LOGINS, login))) {
        tokens.add(one.get());
      }
      return tokens;
    }
  }

  private static void refused(String toReal, String toLocal, ProblemType type) {
    assertThat(believesReal.anonymous().with(toReal).get("/v1/who").is(type)).as("real").isTrue();
    assertThat(believesLocal.anonymous().with(toLocal).get("/v1/who").is(type))
        .as("local")
        .isTrue();
  }

  /** The local issuer's account with the party and roles that the realm gives this client. */
  private static Account like(String clientId) {
    return switch (clientId) {
      case OFFICER -> Account.of(OFFICER, party(OFFICER), Role.PROVIDER);
      case ANALYST -> Account.of(ANALYST, party(ANALYST), Role.CONSUMER);
      default -> throw new IllegalArgumentException(clientId);
    };
  }

  private static CreditCode party(String clientId) {
    try {
      return CreditCode.of(part(real.token(clientId), 1).path("party").asText());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> localKeys() {
    return Map.of("issuer", local.issuer(), "jwksUri", local.configuration().jwksUri().toString());
  }

  private static TestService service(InstantSource clock, Map<String, String> auth) {
    return TestService.start(new Who(clock), "who", local, Map.of("auth", auth));
  }

  private static JsonNode part(String token, int n) throws IOException {
    return Json.mapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[n]));
  }

  private static Map<String, String> types(JsonNode object) {
    var types = new TreeMap<String, String>();
    object.properties().forEach(e -> types.put(e.getKey(), e.getValue().getNodeType().name()));
    return types;
  }

  private static long life(String token) throws IOException {
    var claims = part(token, 1);
    return claims.path("exp").asLong() - claims.path("iat").asLong();
  }

  private static String otherSignature(String token) {
    int dot = token.lastIndexOf('.');
    char first = token.charAt(dot + 1);
    return token.substring(0, dot + 1) + (first == 'A' ? 'B' : 'A') + token.substring(dot + 2);
  }

  private static String otherClaims(String token) throws IOException {
    var parts = token.split("\\.", -1);
    String claims = part(token, 1).toString().replace("\"typ\":\"Bearer\"", "\"typ\":\"Bearer \"");
    return parts[0] + "." + base64(claims) + "." + parts[2];
  }

  private static String unsigned(String token) {
    return base64("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + token.split("\\.", -1)[1] + ".";
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** Says who asked; for departments only. */
  private static final class Who extends WeirApplication<WeirConfiguration> {
    private final InstantSource clock;

    Who(InstantSource clock) {
      this.clock = clock;
    }

    @Override
    protected InstantSource clock() {
      return clock;
    }

    @Override
    protected void run(WeirConfiguration configuration, ServiceEnvironment service) {
      service.resource(new WhoResource());
    }
  }

  /** The one endpoint. */
  @Path("/v1/who")
  @Produces("application/json")
  public static final class WhoResource {
    @GET
    @Requires(Operation.SOURCE_UPLOAD)
    public Map<String, Object> who(@Auth Caller caller) {
      return Map.of(
          "client", caller.clientId(), "party", caller.party().value(), "roles", caller.roles());
    }
  }
}
