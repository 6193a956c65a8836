package dev.weir.runtime.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.proc.SimpleSecurityContext;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.Role;
import dev.weir.runtime.config.AuthConfiguration;
import dev.weir.runtime.http.Caller;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Set;

/** Turns an access token into a {@link Caller}, or refuses it. Thread-safe. */
public final class BearerTokens {
  public static final int MAX_TOKEN_CHARACTERS = 8 * 1024;
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

  private final PinnedKeys keys = new PinnedKeys();
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final Claims claims;
  private final VerifiedTokens verified;

  private BearerTokens(AuthConfiguration configuration, InstantSource clock) {
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt")));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(ALGORITHMS, keys.source(configuration)));
    claims = new Claims(configuration, clock);
    verified = new VerifiedTokens(clock);
    processor.setJWTClaimsSetVerifier(claims);
  }

  /** Reads no key before the first token arrives. */
  public static BearerTokens of(AuthConfiguration configuration, InstantSource clock) {
    return new BearerTokens(configuration, clock);
  }

  /**
   * @throws ProblemException of type {@link ProblemType#UNAUTHENTICATED} for every token that is
   *     not ours, whatever is wrong with it; {@link ProblemType#ROLES_CONFLICT} for one that joins
   *     separate administrators; {@link ProblemType#UNAVAILABLE} while no key of the issuer is
   *     known
   */
  public Caller verify(String token) {
    Caller caller = authenticated(token);
    if (Role.conflict(caller.roles())) {
      throw new ProblemException(
          ProblemType.ROLES_CONFLICT, "Administrator roles must be given to different accounts.");
    }
    return caller;
  }

  private Caller authenticated(String token) {
    if (token.length() > MAX_TOKEN_CHARACTERS || token.indexOf('=') >= 0) {
      throw invalid();
    }
    try {
      var known = verified.find(token);
      if (known.isPresent()) {
        claims.verify(known.get(), new SimpleSecurityContext());
        return Claims.caller(known.get());
      }
      var jwt = SignedJWT.parse(token);
      checkHeader(jwt.getHeader());
      var checked = processor.process(jwt, null);
      verified.keep(token, checked);
      return Claims.caller(checked);
    } catch (KeySourceException e) {
      throw keys.failing() ? unavailable(e) : invalid();
    } catch (ParseException | BadJOSEException | JOSEException | RuntimeException e) {
      throw invalid();
    }
  }

  /** A token that brings or names its own key, or asks for extensions, is an attack. */
  private static void checkHeader(JWSHeader header) {
    boolean foreign =
        header.getJWK() != null
            || header.getJWKURL() != null
            || header.getX509CertURL() != null
            || header.getX509CertChain() != null
            || header.getCriticalParams() != null
            || !header.isBase64URLEncodePayload()
            || header.getKeyID() == null;
    if (foreign) {
      throw invalid();
    }
  }

  private static ProblemException invalid() {
    return new ProblemException(
        ProblemType.UNAUTHENTICATED, "Send Authorization: Bearer with a valid access token.");
  }

  private static ProblemException unavailable(Throwable cause) {
    var problem =
        new ProblemException(ProblemType.UNAVAILABLE, "The identity server cannot be reached now.");
    problem.initCause(cause);
    return problem;
  }
}
