package dev.weir.runtime.config;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whose tokens are believed. Immutable.
 *
 * @param issuer the exact {@code iss}
 * @param jwksUri where the issuer's public keys are; the only place keys are ever taken from
 * @param audience must be among {@code aud}; {@code weir-api} when absent
 * @param keyCache how long keys are used before they are fetched again, at most 10 minutes
 * @param keyOutage how long known keys stay usable while the issuer cannot be reached, counted with
 *     the cache at most 10 minutes
 * @param clockSkew how far the clocks may be apart, at most 30 s
 */
public record AuthConfiguration(
    @NotBlank String issuer,
    @NotNull URI jwksUri,
    String audience,
    Duration keyCache,
    Duration keyOutage,
    Duration clockSkew) {
  private static final Duration MAX_KEY_AGE = Duration.ofMinutes(10);
  private static final Duration MAX_SKEW = Duration.ofSeconds(30);

  public AuthConfiguration(
      String issuer,
      URI jwksUri,
      @Nullable String audience,
      @Nullable Duration keyCache,
      @Nullable Duration keyOutage,
      @Nullable Duration clockSkew) {
    this.issuer = issuer;
    this.jwksUri = jwksUri;
    this.audience = audience == null ? "weir-api" : audience;
    this.keyCache = keyCache == null ? Duration.ofMinutes(5) : keyCache;
    this.keyOutage = keyOutage == null ? Duration.ofMinutes(5) : keyOutage;
    this.clockSkew = clockSkew == null ? Duration.ofSeconds(30) : clockSkew;
    if (this.keyCache.plus(this.keyOutage).compareTo(MAX_KEY_AGE) > 0) {
      throw new IllegalArgumentException("keyCache and keyOutage together exceed 10 minutes");
    }
    if (this.clockSkew.isNegative() || this.clockSkew.compareTo(MAX_SKEW) > 0) {
      throw new IllegalArgumentException("clockSkew is from 0 to 30 seconds");
    }
  }

  /** With our defaults for all but the issuer. */
  public static AuthConfiguration of(String issuer, URI jwksUri) {
    return new AuthConfiguration(issuer, jwksUri, null, null, null, null);
  }
}
