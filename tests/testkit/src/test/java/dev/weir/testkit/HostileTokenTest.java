package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.Role;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HostileTokenTest {
  private static final Account ANALYST =
      Account.of("builder-analyst", Account.party(1), Role.CONSUMER);

  private static LocalIssuer issuer;
  private static LocalIssuer stranger;
  private static TestService service;

  @BeforeAll
  static void start() {
    issuer = LocalIssuer.start();
    stranger = LocalIssuer.start();
    service =
        TestService.start(new ProbeApplication(new ProbeResource()), "probe", issuer, Map.of());
  }

  @AfterAll
  static void stop() {
    service.close();
    stranger.close();
    issuer.close();
  }

  @Test
  void everyHostileToken_isUnauthenticated_andTheIssuersStillWorks() throws Exception {
    var tokens = new LinkedHashMap<String, String>();
    forgedHeaders(tokens);
    wrongClaims(tokens);
    brokenText(tokens);
    var letIn = new ArrayList<String>();
    tokens.forEach((name, token) -> {
      if (!service.anonymous().with(token).get("/v1/probe").is(ProblemType.UNAUTHENTICATED)) {
        letIn.add(name);
      }
    });
    assertThat(tokens).hasSizeGreaterThan(60);
    assertThat(letIn).isEmpty();
    assertThat(service.as(ANALYST).get("/v1/probe").status()).isEqualTo(200);
    assertThat(stranger.keyReads()).as("keys fetched from where a token pointed").isZero();
  }

  @Test
  void keys_areCached() {
    int before = issuer.keyReads();
    for (int i = 0; i < 20; i++) {
      service.as(ANALYST).get("/v1/probe");
    }
    assertThat(issuer.keyReads() - before).isLessThanOrEqualTo(1);
  }

  @Test
  void twoAuthorizationHeaders_areUnauthenticated() {
    var token = issuer.token(ANALYST);
    var request =
        service
            .anonymous()
            .request("/v1/probe")
            .header("Authorization", "Bearer " + token)
            .header("Authorization", "Bearer " + token);
    assertThat(service.anonymous().send(request.GET()).is(ProblemType.UNAUTHENTICATED)).isTrue();
  }

  private static void forgedHeaders(Map<String, String> tokens) throws JOSEException {
    JWTClaimsSet good = issuer.claims(ANALYST).build();
    RSAKey own = new RSAKeyGenerator(2048).keyID(issuer.publicKey().getKeyID()).generate();
    tokens.put("alg none", new PlainJWT(good).serialize());
    for (String alg : List.of("none", "None", "NONE", "nOnE")) {
      tokens.put(
          "unsigned as " + alg,
          encode("{\"alg\":\"" + alg + "\"}") + "." + encode(good.toString()) + ".");
    }
    byte[] modulus = issuer.publicKey().toRSAPublicKey().getEncoded();
    tokens.put("HMAC with the public key", mac(good, modulus));
    tokens.put(
        "HMAC with its text",
        mac(good, issuer.publicKey().toJSONString().getBytes(StandardCharsets.UTF_8)));
    tokens.put("another key under our kid", signed(own, header(), good));
    tokens.put("key in the header", signed(own, header().jwk(own.toPublicJWK()), good));
    tokens.put(
        "key by URL", signed(own, header().jwkURL(stranger.configuration().jwksUri()), good));
    tokens.put(
        "own key by URL",
        issuer.sign(header().jwkURL(issuer.configuration().jwksUri()).build(), good));
    tokens.put(
        "certificate by URL",
        issuer.sign(header().x509CertURL(URI.create("file:///etc/passwd")).build(), good));
    tokens.put(
        "certificate inside",
        issuer.sign(
            header().x509CertChain(List.of(new com.nimbusds.jose.util.Base64("AAAA"))).build(),
            good));
    tokens.put(
        "critical extension",
        issuer.sign(
            header().criticalParams(java.util.Set.of("b64")).base64URLEncodePayload(true).build(),
            good));
    for (String kid :
        List.of(
            "",
            "../../../dev/null",
            "' or 1=1 --",
            "http://127.0.0.1/",
            "a".repeat(3000),
            "\u0000")) {
      tokens.put("kid " + kid.length() + kid.hashCode(), signed(own, header().keyID(kid), good));
    }
    tokens.put(
        "no kid",
        issuer.sign(
            new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).build(), good));
    for (var alg :
        List.of(JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS384, JWSAlgorithm.PS512)) {
      tokens.put("algorithm " + alg, issuer.sign(header(alg).build(), good));
    }
    for (String typ : List.of("ID", "logout+jwt", "secevent+jwt", "dpop+jwt", "JOSE")) {
      tokens.put(
          "header typ " + typ, issuer.sign(header().type(new JOSEObjectType(typ)).build(), good));
    }
    tokens.put("other issuer's token", stranger.token(ANALYST));
  }

  private static void wrongClaims(Map<String, String> tokens) {
    var now = Instant.now();
    change(tokens, "iss", c -> c.issuer(stranger.issuer()));
    change(tokens, "iss with slash", c -> c.issuer(issuer.issuer() + "/"));
    change(tokens, "no iss", c -> c.issuer(null));
    change(tokens, "aud", c -> c.audience("account"));
    change(tokens, "aud prefix", c -> c.audience("weir-api2"));
    change(tokens, "no aud", c -> c.audience((String) null));
    for (Object typ : new Object[] {"ID", "Refresh", "bearer", "Offline", 1, List.of("Bearer")}) {
      change(tokens, "typ " + typ, c -> c.claim("typ", typ));
    }
    change(tokens, "no typ", c -> c.claim("typ", null));
    change(tokens, "expired", c -> c.expirationTime(Date.from(now.minusSeconds(31))));
    change(tokens, "no exp", c -> c.expirationTime(null));
    change(tokens, "exp text", c -> c.claim("exp", "tomorrow"));
    change(tokens, "nbf", c -> c.notBeforeTime(Date.from(now.plusSeconds(120))));
    change(tokens, "iat", c -> c.issueTime(Date.from(now.plusSeconds(120))));
    change(tokens, "no iat", c -> c.issueTime(null));
    change(tokens, "no sub", c -> c.subject(null));
    change(tokens, "blank sub", c -> c.subject(" "));
    change(tokens, "long sub", c -> c.subject("a".repeat(201)));
    change(tokens, "no azp", c -> c.claim("azp", null));
    change(tokens, "no party", c -> c.claim("party", null));
    change(tokens, "party check", c -> c.claim("party", "91110000MA00000000"));
    change(
        tokens,
        "two parties",
        c -> c.claim("party", List.of(ANALYST.party().value(), ANALYST.party().value())));
    change(tokens, "party object", c -> c.claim("party", Map.of("code", ANALYST.party().value())));
    change(tokens, "party number", c -> c.claim("party", 91110000L));
    change(tokens, "roles text", c -> c.claim("roles", "consumer"));
    change(tokens, "roles object", c -> c.claim("roles", Map.of("consumer", true)));
    change(tokens, "roles mixed", c -> c.claim("roles", List.of("consumer", 1)));
  }

  private static void brokenText(Map<String, String> tokens) {
    String good = issuer.token(ANALYST);
    String[] parts = good.split("\\.");
    tokens.put("empty", "x");
    tokens.put("two parts", parts[0] + "." + parts[1]);
    tokens.put("four parts", good + "." + parts[2]);
    tokens.put("five parts", good + "." + parts[2] + "." + parts[2]);
    tokens.put("no signature", parts[0] + "." + parts[1] + ".");
    tokens.put(
        "signature of another",
        parts[0] + "." + parts[1] + "." + issuer.token(ANALYST).split("\\.")[2]);
    tokens.put("flipped claims", parts[0] + "." + encode("{\"sub\":\"x\"}") + "." + parts[2]);
    tokens.put("header array", encode("[]") + "." + parts[1] + "." + parts[2]);
    tokens.put(
        "header deep",
        encode("{\"alg\":" + "[".repeat(900) + "]".repeat(900) + "}")
            + "."
            + parts[1]
            + "."
            + parts[2]);
    tokens.put("header binary", "_____." + parts[1] + "." + parts[2]);
    tokens.put("not base64", "!!!.???.***");
    tokens.put("dots", "....");
    tokens.put(
        "JSON with two signatures",
        "{\"payload\":\""
            + parts[1]
            + "\",\"signatures\":[{\"protected\":\""
            + parts[0]
            + "\",\"signature\":\""
            + parts[2]
            + "\"},{\"protected\":\""
            + parts[0]
            + "\",\"signature\":\""
            + parts[2]
            + "\"}]}");
    tokens.put(
        "oversized",
        issuer.sign(issuer.claims(ANALYST).claim("pad", "a".repeat(5000)).build())
            + "a".repeat(500));
    tokens.put("with spaces", parts[0] + " ." + parts[1] + "." + parts[2]);
  }

  private static void change(
      Map<String, String> tokens, String name, UnaryOperator<JWTClaimsSet.Builder> change) {
    tokens.put(name, issuer.sign(change.apply(issuer.claims(ANALYST)).build()));
  }

  private static JWSHeader.Builder header() {
    return header(JWSAlgorithm.RS256);
  }

  private static JWSHeader.Builder header(JWSAlgorithm algorithm) {
    return new JWSHeader.Builder(algorithm)
        .type(JOSEObjectType.JWT)
        .keyID(issuer.publicKey().getKeyID());
  }

  private static String signed(RSAKey key, JWSHeader.Builder header, JWTClaimsSet claims)
      throws JOSEException {
    var jws = new JWSObject(header.build(), new Payload(claims.toJSONObject()));
    jws.sign(new RSASSASigner(key));
    return jws.serialize();
  }

  private static String mac(JWTClaimsSet claims, byte[] secret) throws JOSEException {
    var jws = new JWSObject(header(JWSAlgorithm.HS256).build(), new Payload(claims.toJSONObject()));
    jws.sign(new MACSigner(secret));
    return jws.serialize();
  }

  private static String encode(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
