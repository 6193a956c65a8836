package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.Role;
import dev.weir.runtime.auth.BearerTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A signature that was checked a moment ago vouches for nothing but itself. */
class VerifiedTokenTest {
  private static final Account ANALYST =
      Account.of("builder-analyst", Account.party(1), Role.CONSUMER);

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

  @Test
  void knownToken_isLetInAgain_untilItExpires() {
    try (var issuer = LocalIssuer.start()) {
      var tokens = BearerTokens.of(issuer.configuration(), now::get);
      var expiry = now.get().plusSeconds(40);
      var token = issuer.sign(issuer.claims(ANALYST).expirationTime(Date.from(expiry)).build());
      var first = tokens.verify(token);
      assertThat(tokens.verify(token)).isEqualTo(first);
      now.set(expiry.plus(Duration.ofSeconds(31))); // past the skew that is allowed
      refused(tokens, token);
    }
  }

  @Test
  void tokenThatDiffersInOneCharacter_isNotTheKnownOne() {
    try (var issuer = LocalIssuer.start()) {
      var tokens = BearerTokens.of(issuer.configuration(), now::get);
      var token = issuer.token(ANALYST);
      tokens.verify(token);
      for (int at : new int[] {token.indexOf('.') + 5, token.lastIndexOf('.') + 5}) {
        char other = token.charAt(at) == 'A' ? 'B' : 'A';
        refused(tokens, token.substring(0, at) + other + token.substring(at + 1));
      }
    }
  }

  private static void refused(BearerTokens tokens, String token) {
    assertThatThrownBy(() -> tokens.verify(token))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNAUTHENTICATED));
  }
}
