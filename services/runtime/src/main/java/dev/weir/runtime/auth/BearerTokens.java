package dev.weir.runtime.auth;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.config.AuthConfiguration;
import dev.weir.runtime.http.Caller;

/** Turns an access token into a {@link Caller}, or refuses it. Thread-safe. */
public final class BearerTokens {
  public static final int MAX_TOKEN_CHARACTERS = 8 * 1024;

  private BearerTokens() {}

  public static BearerTokens of(AuthConfiguration configuration) {
    return new BearerTokens();
  }

  /**
   * @throws ProblemException of type {@link ProblemType#UNAUTHENTICATED} for every token that is
   *     not ours, {@link ProblemType#ROLES_CONFLICT} for one that joins separate administrators
   */
  public Caller verify(String token) {
    throw new ProblemException(ProblemType.UNAUTHENTICATED, "The token is not valid.");
  }
}
