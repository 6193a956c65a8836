package dev.weir.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.weir.kernel.Role;
import dev.weir.runtime.config.AuthConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Signs tokens as our realm does, with ES256, and serves its public keys on loopback; an RSA key
 * beside it serves tests of other algorithms. A test against the real server holds it to that.
 * Thread-safe.
 */
public final class LocalIssuer implements AutoCloseable {
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final String KEYS = "/realms/weir/protocol/openid-connect/certs";

  private final HttpServer server;
  private final RSAKey key;
  private final ECKey realmKey;
  private final AtomicInteger keyReads = new AtomicInteger();

  private LocalIssuer(HttpServer server, RSAKey key, ECKey realmKey) {
    this.server = server;
    this.key = key;
    this.realmKey = realmKey;
  }

  public static LocalIssuer start() {
    try {
      var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var key =
          new RSAKeyGenerator(2048)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.RS256)
              .keyID(UUID.randomUUID().toString())
              .generate();
      var realmKey =
          new ECKeyGenerator(Curve.P_256)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.ES256)
              .keyID(UUID.randomUUID().toString())
              .generate();
      var issuer = new LocalIssuer(HttpServer.create(loopback, 0), key, realmKey);
      issuer.serveKeys();
      return issuer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JOSEException e) {
      throw new IllegalStateException("the JDK makes RSA and EC keys", e);
    }
  }

  public String issuer() {
    return "http://127.0.0.1:%d/realms/weir".formatted(server.getAddress().getPort());
  }

  public AuthConfiguration configuration() {
    return AuthConfiguration.of(
        issuer(),
        URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), KEYS)));
  }

  /** How often the keys were fetched. */
  public int keyReads() {
    return keyReads.get();
  }

  /** A valid token of five minutes. */
  public String token(Account account) {
    return sign(claims(account).build());
  }

  /** What a valid token says; tests of refusal change one claim. */
  public JWTClaimsSet.Builder claims(Account account) {
    var now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .audience("weir-api")
        .subject(account.name())
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(LIFE)))
        .jwtID(UUID.randomUUID().toString())
        .claim("typ", "Bearer")
        .claim("azp", account.name())
        .claim("party", account.party().value())
        .claim("roles", account.roles().stream().map(Role::tokenName).sorted().toList());
  }

  public String sign(JWTClaimsSet claims) {
    return sign(
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(JOSEObjectType.JWT)
            .keyID(realmKey.getKeyID())
            .build(),
        claims);
  }

  /** Signs with the EC key for ES256 and with the RSA key otherwise, whatever the header says. */
  public String sign(JWSHeader header, JWTClaimsSet claims) {
    try {
      var jwt = new SignedJWT(header, claims);
      jwt.sign(
          header.getAlgorithm().equals(JWSAlgorithm.ES256)
              ? new ECDSASigner(realmKey)
              : new RSASSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("the issuer's keys sign", e);
    }
  }

  /** The public RSA key, as the service sees it. */
  public RSAKey publicKey() {
    return key.toPublicJWK();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serveKeys() {
    byte[] keys =
        new JWKSet(List.of(key.toPublicJWK(), realmKey.toPublicJWK()))
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    server.createContext(
        KEYS,
        exchange -> {
          keyReads.incrementAndGet();
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, keys.length);
          try (var body = exchange.getResponseBody()) {
            body.write(keys);
          }
        });
    server.start();
  }
}
