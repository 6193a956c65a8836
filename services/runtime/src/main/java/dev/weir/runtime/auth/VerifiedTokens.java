package dev.weir.runtime.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.weir.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The claims of tokens whose signature was checked a moment ago, by the SHA-256 of the whole token.
 * What depends on the time, the claims' own checks, is asked again at every use. Thread-safe.
 */
final class VerifiedTokens {
  /** So much later, at most, is a withdrawn key noticed than it would be without. */
  static final Duration KEPT = Duration.ofSeconds(60);

  private static final int MAX_TOKENS = 10_000;

  private final InstantSource clock;
  private final Cache<String, Verified> tokens =
      Caffeine.newBuilder().maximumSize(MAX_TOKENS).expireAfterWrite(KEPT).build();

  VerifiedTokens(InstantSource clock) {
    this.clock = clock;
  }

  private record Verified(JWTClaimsSet claims, Instant at) {}

  Optional<JWTClaimsSet> find(String token) {
    var oldest = clock.instant().minus(KEPT);
    return Optional.ofNullable(tokens.getIfPresent(digest(token)))
        .filter(verified -> verified.at().isAfter(oldest))
        .map(Verified::claims);
  }

  void keep(String token, JWTClaimsSet claims) {
    tokens.put(digest(token), new Verified(claims, clock.instant()));
  }

  private static String digest(String token) {
    return Json.sha256Hex(token.getBytes(StandardCharsets.UTF_8));
  }
}
