package dev.weir.runtime.auth;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Role;
import dev.weir.runtime.config.AuthConfiguration;
import dev.weir.runtime.http.Caller;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The token contract: {@code iss} and {@code typ=Bearer} exact, our audience, {@code sub exp iat
 * azp party} present, {@code party} one credit code, {@code roles} a list of role names.
 * Thread-safe.
 */
final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {
  private static final int MAX_TEXT_CHARACTERS = 200;

  private final InstantSource clock;

  Claims(AuthConfiguration configuration, InstantSource clock) {
    super(
        Set.of(configuration.audience()),
        new JWTClaimsSet.Builder().issuer(configuration.issuer()).claim("typ", "Bearer").build(),
        Set.of("sub", "exp", "iat", "azp", "party"),
        Set.of());
    this.clock = clock;
    setMaxClockSkew((int) configuration.clockSkew().toSeconds());
  }

  @Override
  protected Date currentTime() {
    return Date.from(clock.instant());
  }

  @Override
  public void verify(JWTClaimsSet claims, SecurityContext context) throws BadJWTException {
    super.verify(claims, context);
    var latest = clock.instant().plusSeconds(getMaxClockSkew());
    if (claims.getIssueTime().toInstant().isAfter(latest)) {
      throw new BadJWTException("issued in the future");
    }
  }

  /**
   * @throws ParseException when a claim has another shape than the contract says
   */
  static Caller caller(JWTClaimsSet claims) throws ParseException {
    String party = text(claims, "party");
    if (!CreditCode.isValid(party)) {
      throw new ParseException("party is not a credit code", 0);
    }
    return new Caller(
        text(claims, "sub"), text(claims, "azp"), new CreditCode(party), roles(claims));
  }

  private static String text(JWTClaimsSet claims, String name) throws ParseException {
    String value = claims.getStringClaim(name);
    if (value == null || value.isBlank() || value.length() > MAX_TEXT_CHARACTERS) {
      throw new ParseException("a claim is not a short text", 0);
    }
    return value;
  }

  private static Set<Role> roles(JWTClaimsSet claims) throws ParseException {
    List<String> names = claims.getStringListClaim("roles");
    var roles = EnumSet.noneOf(Role.class);
    if (names != null) {
      Arrays.stream(Role.values())
          .filter(role -> names.contains(role.tokenName()))
          .forEach(roles::add);
    }
    return roles;
  }
}
