package dev.weir.runtime.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final VerifiedTokens tokens = new VerifiedTokens(now::get);

  @Test
  void token_isKnownForAMinute() {
    var claims = new JWTClaimsSet.Builder().subject("one").build();
    assertThat(tokens.find("a.b.c")).isEmpty();
    tokens.keep("a.b.c", claims);
    now.set(START.plus(VerifiedTokens.KEPT).minusNanos(1));
    assertThat(tokens.find("a.b.c")).contains(claims);
    assertThat(tokens.find("a.b.d")).isEmpty();
    now.set(START.plus(VerifiedTokens.KEPT));
    assertThat(tokens.find("a.b.c")).isEmpty();
  }
}
